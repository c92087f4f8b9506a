// The invented firms that survey, design, build, supervise, test and hold tenders in samples.
import type { Population, Random, SampleSubject } from '../../kit/index.ts';

/** A firm as a document names it. */
export type Contractor = Pick<SampleSubject, 'code' | 'nameZh'>;

/** What a firm can be hired for. */
export const TRADES = [
  'SURVEY',
  'DESIGN',
  'BUILD',
  'SUPERVISE',
  'TEST',
  'REVIEW',
  'TENDER_AGENCY',
] as const;

/** One of {@link TRADES}. */
export type Trade = (typeof TRADES)[number];

const BUILDERS = new Set(['E47', 'E48', 'E50']);
const CONSULTANTS = new Set(['M74']);
/** Firms are looked for among the first subjects, so that a million subjects are not made for it. */
const LOOKED_AT_MAX = 3_000;

interface Firms {
  readonly builders: readonly Contractor[];
  readonly consultants: readonly Contractor[];
}

/** Draws a firm for each trade. */
export function contractorsOf(
  population: Population,
  random: Random,
): Readonly<Record<Trade, Contractor>> {
  const { builders, consultants } = firmsOf(population);
  const drawn = TRADES.map((trade) => [
    trade,
    random.pick(trade === 'BUILD' ? builders : consultants),
  ]);
  return Object.fromEntries(drawn) as Record<Trade, Contractor>;
}

/** Draws firms that bid for the building of a project. */
export function biddersOf(
  population: Population,
  random: Random,
  count: number,
): readonly Contractor[] {
  return random.shuffle(firmsOf(population).builders).slice(0, count);
}

const known = new WeakMap<Population, Firms>();

function firmsOf(population: Population): Firms {
  let firms = known.get(population);
  if (firms === undefined) {
    firms = findFirms(population);
    known.set(population, firms);
  }
  return firms;
}

function findFirms(population: Population): Firms {
  const all: SampleSubject[] = [];
  for (let index = 0; index < Math.min(population.size, LOOKED_AT_MAX); index += 1) {
    const subject = population.at(index);
    if (subject.category === 'ENTERPRISE' && subject.status === 'ACTIVE') all.push(subject);
  }
  const within = (industries: ReadonlySet<string>): readonly Contractor[] => {
    const found = all.filter((subject) => industries.has(subject.industry.code));
    // A population of a few subjects may lack a trade; then any of them does it.
    return found.length > 0 ? found : all;
  };
  return { builders: within(BUILDERS), consultants: within(CONSULTANTS) };
}

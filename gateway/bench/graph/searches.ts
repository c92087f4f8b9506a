// Searches as people make them: whole names, beginnings, parts and slips, in Chinese and Latin, alone
// and with filters. Drawn from a seed, so that every run asks for the same.
import type { Population } from '../../../subgraphs/kit/samples/population.ts';
import type { SampleSubject } from '../../../subgraphs/kit/samples/sample-subject.ts';
import { createRandom, type Random } from '../../../subgraphs/kit/samples/random.ts';

/** One search. */
export interface Search {
  /** One of {@link SEARCH_KINDS}. */
  readonly kind: string;
  /** Variables of {@link SEARCH_OPERATION}. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The operation that every search sends. */
export const SEARCH_OPERATION = `query Search(
  $name: String, $region: String, $status: [SubjectStatus!], $category: [SubjectCategory!],
  $counted: Boolean!
) {
  searchSubjects(
    name: $name, region: $region, status: $status, category: $category, first: 20
  ) {
    edges { cursor node { code name status } match { kind matchedName confidence } }
    pageInfo { hasNextPage endCursor }
    totalCount @include(if: $counted)
  }
}`;

type Make = (subject: SampleSubject, random: Random) => Readonly<Record<string, unknown>>;

const KINDS: Readonly<Record<string, Make>> = {
  'exact, Chinese': ({ nameZh }) => ({ name: nameZh }),
  'exact, Latin': ({ nameEn }) => ({ name: nameEn }),
  'prefix, Chinese': ({ nameZh }, random) => ({ name: nameZh.slice(0, random.integer(3, 7)) }),
  'prefix, Latin': ({ nameEn }, random) => ({ name: nameEn.slice(0, random.integer(8, 16)) }),
  'fragment, Chinese': ({ nameZh }, random) => ({ name: fragmentOf(nameZh, random) }),
  'fragment, Latin': ({ nameEn }) => ({ name: nameEn.split(' ').slice(1, 3).join(' ') }),
  'typo, Chinese': ({ nameZh }, random) => ({ name: withSlip(nameZh, random) }),
  'typo, Latin': ({ nameEn }, random) => ({ name: withSlip(nameEn, random) }),
  'fragment in a city, ACTIVE': ({ nameZh, regionCode }, random) => ({
    name: fragmentOf(nameZh, random),
    region: regionCode.slice(0, 4),
    status: ['ACTIVE'],
  }),
  'prefix in a district, by category': ({ nameZh, regionCode, category }, random) => ({
    name: nameZh.slice(0, random.integer(3, 5)),
    region: regionCode,
    category: [category],
  }),
  'common text': (_subject, random) => ({ name: random.pick(COMMON_TEXTS) }),
  'filters alone': ({ regionCode, status }) => ({
    region: regionCode.slice(0, 4),
    status: [status],
  }),
  'fragment with the total': ({ nameZh }, random) => ({
    name: fragmentOf(nameZh, random),
    counted: true,
  }),
};

/** Kinds of searches, in the order of the table. */
export const SEARCH_KINDS: readonly string[] = Object.keys(KINDS);

/** Texts that thousands of names contain. */
const COMMON_TEXTS = ['有限公司', '科技', '云州', '建设', 'Co Ltd', 'Yunzhou', 'Trading'];

/** Draws so many searches, of every kind alike, in a mixed order. */
export function drawSearches(population: Population, seed: string, count: number): Search[] {
  const random = createRandom(`bench/search/${seed}`);
  const searches = Array.from({ length: count }, (_, at): Search => {
    const kind = SEARCH_KINDS[at % SEARCH_KINDS.length] ?? '';
    const make = KINDS[kind];
    if (!make) throw new Error(`no search of the kind ${kind}`);
    const subject = population.at(random.integer(1, population.size - 1));
    return { kind, variables: { counted: false, ...make(subject, random) } };
  });
  return random.shuffle(searches);
}

/** Three to five characters from within a name, behind the place and before the legal form. */
function fragmentOf(name: string, random: Random): string {
  const start = random.integer(2, 3);
  return name.slice(start, start + random.integer(3, 5));
}

/** One character left out, doubled or swapped with its neighbour. */
function withSlip(name: string, random: Random): string {
  const at = random.integer(2, Math.max(2, name.length - 6));
  const one = name.charAt(at);
  const next = name.charAt(at + 1);
  const slip = random.pick([next, one + one + next, next + one]);
  return name.slice(0, at) + slip + name.slice(at + 2);
}

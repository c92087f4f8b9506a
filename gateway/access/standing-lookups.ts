// Standing as it is now, for all requests of this replica: what is asked in one turn of the event loop
// becomes one statement. Each look-up is sent after it was asked for and nothing of it is kept, so that
// a withdrawal holds from the next request on every replica.
import DataLoader from 'dataloader';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Standing } from '../../subgraphs/kit/authority/standing.ts';
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
import type { Run } from './access-database.ts';
import { heldBy, readStanding, type HeldOn } from './openings.ts';

/** Live consents and grants, by the sector that they are in. */
export type StandingBySector = ReadonlyMap<string, readonly Standing[]>;

/**
 * Looks up the live consents and grants of an inquiry on subjects. Consents count for agencies only.
 * Without a purpose that the principal may name there are none, and a text that is no credit code has
 * none.
 */
export type LookUpStanding = (
  inquiry: Inquiry,
  codes: readonly string[],
) => Promise<StandingBySector>;

/** Subjects of one statement; a listing page and what stands beside it name some hundreds at most. */
const SUBJECTS_MAX = 500;

const NONE: StandingBySector = new Map();

/**
 * Makes the look-ups of a replica.
 *
 * @param today the legal day when a statement is sent
 */
export function createStandingLookups(run: Run, today: () => string): LookUpStanding {
  const loader = new DataLoader<HeldOn, StandingBySector>(
    async (asked) => {
      const found = await readStanding(run, asked, today());
      return asked.map((_, at) => found.get(at) ?? NONE);
    },
    {
      // Nothing is remembered: what two requests ask is looked up for both of them.
      cache: false,
      maxBatchSize: SUBJECTS_MAX,
      // A busy process reads several requests in one turn; this waits for all of them, and no longer.
      batchScheduleFn: (send) => {
        setImmediate(send);
      },
    },
  );
  return async (inquiry, codes) => {
    const held = heldBy(inquiry);
    if (held === null) return NONE;
    const subjects = normaliseCodes(codes);
    const [first, ...others] = await Promise.all(
      subjects.map((subject) => loader.load({ ...held, subject })),
    );
    if (first === undefined) return NONE;
    return others.length === 0 ? first : merge([first, ...others]);
  };
}

function normaliseCodes(codes: readonly string[]): readonly string[] {
  const valid = new Set<string>();
  for (const code of codes) {
    const parsed = parseCreditCode(code);
    if (parsed.valid) valid.add(parsed.normalized);
  }
  return [...valid];
}

function merge(found: readonly StandingBySector[]): StandingBySector {
  const merged = new Map<string, Standing[]>();
  for (const bySector of found) {
    for (const [sector, standing] of bySector) {
      const known = merged.get(sector);
      if (known) known.push(...standing);
      else merged.set(sector, [...standing]);
    }
  }
  return merged;
}

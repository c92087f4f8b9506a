// The standings of one request: whatever its fetches ask at one moment becomes one statement, and a
// subject is looked up once. It ends with the request, so that nothing outlives a revocation.
import DataLoader from 'dataloader';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Standing } from '../../subgraphs/kit/authority/standing.ts';
import type { Access } from './open-access.ts';

/** Looks up the live consents and grants of one inquiry over some subjects, in one sector. */
export type StandingIn = (sector: string, codes: readonly string[]) => Promise<readonly Standing[]>;

/** A listing page and what stands beside it name some hundreds of subjects at most. */
const CODES_MAX = 500;

/** Makes the loader of one request. */
export function standingLoader(access: Pick<Access, 'standing'>, inquiry: Inquiry): StandingIn {
  const loader = new DataLoader<string, ReadonlyMap<string, readonly Standing[]>>(
    async (codes) => {
      const bySector = await access.standing(inquiry, codes);
      return codes.map((code) => ofSubject(bySector, code));
    },
    { maxBatchSize: CODES_MAX },
  );
  return async (sector, codes) => {
    const found = await Promise.all(codes.map((code) => loader.load(code)));
    return found.flatMap((bySector) => bySector.get(sector) ?? []);
  };
}

function ofSubject(
  bySector: ReadonlyMap<string, readonly Standing[]>,
  code: string,
): ReadonlyMap<string, readonly Standing[]> {
  return new Map(
    [...bySector].map(([sector, standing]) => [
      sector,
      standing.filter((one) => one.subject === code),
    ]),
  );
}

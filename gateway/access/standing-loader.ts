// The standings of one request: a subject is looked up once, whatever sectors are asked about it. It
// ends with the request, so that nothing outlives a revocation.
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Standing } from '../../subgraphs/kit/authority/standing.ts';
import type { Access } from './open-access.ts';
import type { StandingBySector } from './standing-lookups.ts';

/** Looks up the live consents and grants of one inquiry over some subjects, in one sector. */
export type StandingIn = (sector: string, codes: readonly string[]) => Promise<readonly Standing[]>;

/** Makes the loader of one request. */
export function standingLoader(access: Pick<Access, 'standing'>, inquiry: Inquiry): StandingIn {
  const known = new Map<string, Promise<StandingBySector>>();
  const standingOn = (code: string): Promise<StandingBySector> => {
    let standing = known.get(code);
    if (!standing) {
      standing = access.standing(inquiry, [code]);
      known.set(code, standing);
    }
    return standing;
  };
  return async (sector, codes) => {
    const found = await Promise.all(codes.map(standingOn));
    return found.flatMap((bySector) => bySector.get(sector) ?? []);
  };
}

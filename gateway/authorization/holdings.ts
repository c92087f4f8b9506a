// Which standings a caller holds at all, of any subject, in each sector: enough to refuse by name what
// it could never be shown, before any sector is asked. Of which subject is decided by the sector.
import type { Opening } from '../../subgraphs/kit/authority/policy.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Dependence } from './verdicts.ts';

/** A standing that has to be looked up; that a caller is the subject stands in its credential. */
export type LookedUpOpening = Exclude<Opening, 'SELF'>;

/** The sectors in which the caller holds live consents and grants for the purpose of its inquiry. */
export interface Holdings {
  readonly consents: ReadonlySet<string>;
  readonly grants: ReadonlySet<string>;
}

/** Tells whether a caller holds one of the sets of standings, in every sector it is asked in. */
export function holds(inquiry: Inquiry, holdings: Holdings, dependence: Dependence): boolean {
  const isHeld = (opening: Opening, sector: string): boolean => {
    switch (opening) {
      case 'SELF':
        return inquiry.principal.subject !== null;
      case 'CONSENT':
        return holdings.consents.has(sector);
      case 'GRANT':
        return holdings.grants.has(sector);
    }
  };
  return dependence.alternatives.some((set) =>
    set.every((opening) => dependence.sectors.every((sector) => isHeld(opening, sector))),
  );
}

/** Writes holdings as one text: equal texts hold the same, whatever the order they came in. */
export function holdingsKey({ consents, grants }: Holdings): string {
  return `${[...consents].sort().join()}|${[...grants].sort().join()}`;
}

// Consents and grants are given for a sector by its name and outlive it: of another one of that name they
// open what nobody gave them for.
import type { AuthorityChange } from './check-report.ts';

/**
 * Says of a sector that comes in under the name of one that is gone who sees by that what it did not.
 *
 * @param earlier generation of the graph that had a sector of this name last
 */
export function inheritance(sector: string, earlier: string): AuthorityChange {
  return {
    coordinate: `${sector} (consents and grants)`,
    kind: 'inherited',
    classBefore: null,
    classAfter: 'SPECIAL',
    gains: ['agency with consent', 'grant holder'],
    loses: [],
    movedTo: [],
    earlier,
    use: null,
    rows: null,
  };
}

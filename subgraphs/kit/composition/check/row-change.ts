// A change of who sees rows, as the report of a check has it.
import type { DisclosureClass } from '../../authority/disclosure-class.ts';
import { maySeeRow, type Authority, type RecordPhase } from '../../authority/policy.ts';
import type { AuthorityChange } from './check-report.ts';
import { READY_PRINCIPALS, type ReadyPrincipal } from './ready-principals.ts';
import type { RowChange } from './row-disclosure.ts';
import { readyAuthority } from './who-sees.ts';

/** Finds the kinds of principal that see something of a subject in a sector. */
export function seersOf(
  sector: string,
  sees: (authority: Authority) => boolean,
): readonly ReadyPrincipal[] {
  return READY_PRINCIPALS.filter((kind) => sees(readyAuthority(kind, [sector], sector)));
}

/**
 * Whether rows of a class are seen, of whatever type: a grant opens the type of the field that it names;
 * that of the ready holder is `Any`.
 */
export function seesRow(authority: Authority, value: DisclosureClass, phase: RecordPhase): boolean {
  return maySeeRow(authority, { type: 'Any', class: value, phase });
}

/** Makes a change of rows that were there, widened where anybody gains; none where nobody gains or loses. */
export function rowChangeOf(
  coordinate: string,
  rows: RowChange,
  {
    gains,
    loses,
    classes: [classBefore, classAfter],
  }: {
    readonly gains: readonly ReadyPrincipal[];
    readonly loses: readonly ReadyPrincipal[];
    readonly classes: readonly [DisclosureClass | null, DisclosureClass | null];
  },
): readonly AuthorityChange[] {
  if (gains.length === 0 && loses.length === 0) return [];
  const isNew = rows.before === null;
  return [
    {
      coordinate,
      kind: isNew ? 'added' : gains.length > 0 ? 'widened' : 'narrowed',
      classBefore,
      classAfter,
      gains,
      loses,
      movedTo: [],
      earlier: null,
      use: null,
      rows,
    },
  ];
}

/** Makes a change of rows that are new; none where nobody sees them. */
export function newRowsOf(
  coordinate: string,
  rows: RowChange,
  gains: readonly ReadyPrincipal[],
): readonly AuthorityChange[] {
  return rowChangeOf(coordinate, rows, { gains, loses: [], classes: [null, null] });
}

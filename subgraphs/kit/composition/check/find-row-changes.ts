// Who gains and who loses the sight of rows by what a sector says of them: classes that are lowered or
// raised, clocks that run longer or shorter.
import { stricterClass, type DisclosureClass } from '../../authority/disclosure-class.ts';
import { CLASS_OUTSIDE_DISPLAY } from '../../authority/policy.ts';
import type { AuthorityChange } from './check-report.ts';
import { findClockChanges } from './find-clock-changes.ts';
import type { ReadyPrincipal } from './ready-principals.ts';
import { newRowsOf, rowChangeOf, seersOf, seesRow } from './row-change.ts';
import type { PublishedRows, RowChange, RowDisclosure } from './row-disclosure.ts';

const NOTHING: RowDisclosure = { types: {}, clocks: {} };

/**
 * Compares what a sector says of its rows with what is on record. Types that are new are its own
 * decision, and told as new.
 *
 * @param published null for a sector of which nothing was published
 */
export function findRowChanges(
  sector: string,
  published: PublishedRows | null,
  now: RowDisclosure,
): readonly AuthorityChange[] {
  const { last, known } = published ?? { last: NOTHING, known: NOTHING };
  return [...typeChanges(sector, known, now), ...findClockChanges(sector, { last, known }, now)];
}

function typeChanges(
  sector: string,
  known: RowDisclosure,
  now: RowDisclosure,
): readonly AuthorityChange[] {
  return Object.entries(now.types).flatMap(([type, rows]) => {
    const before = known.types[type];
    if (!before) return newType(sector, type, rows);
    const displayed = changeOfClass(
      { part: 'class', name: type, before: before.class, after: rows.class },
      { sector, coordinate: `${type} (rows)` },
    );
    const outside = changeOfClass(
      {
        part: 'class outside display',
        name: type,
        before: classOutside(before),
        after: classOutside(rows),
      },
      { sector, coordinate: `${type} (rows not displayed)` },
    );
    return [...displayed, ...outside];
  });
}

function newType(
  sector: string,
  type: string,
  rows: RowDisclosure['types'][string],
): readonly AuthorityChange[] {
  const outside = classOutside(rows);
  return [
    ...newRowsOf(
      `${type} (rows)`,
      { part: 'class', name: type, before: null, after: rows.class },
      seersOf(sector, (authority) => seesRow(authority, rows.class, 'DISPLAYED')),
    ),
    ...newRowsOf(
      `${type} (rows not displayed)`,
      { part: 'class outside display', name: type, before: null, after: outside },
      seersOf(sector, (authority) => seesRow(authority, outside, 'DISPLAYED')),
    ),
  ];
}

interface ClassChange extends RowChange {
  readonly before: DisclosureClass;
  readonly after: DisclosureClass;
}

function classOutside({ classOutsideDisplay }: RowDisclosure['types'][string]): DisclosureClass {
  return stricterClass(classOutsideDisplay ?? 'PUBLIC', CLASS_OUTSIDE_DISPLAY);
}

function changeOfClass(
  rows: ClassChange,
  { sector, coordinate }: { readonly sector: string; readonly coordinate: string },
): readonly AuthorityChange[] {
  if (rows.before === rows.after) return [];
  const seers = (value: DisclosureClass): readonly ReadyPrincipal[] =>
    seersOf(sector, (authority) => seesRow(authority, value, 'DISPLAYED'));
  const [old, next] = [seers(rows.before), seers(rows.after)];
  return rowChangeOf(coordinate, rows, {
    gains: next.filter((one) => !old.includes(one)),
    loses: old.filter((one) => !next.includes(one)),
    classes: [rows.before, rows.after],
  });
}

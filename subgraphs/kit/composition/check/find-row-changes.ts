// Who gains and who loses the sight of rows by what a sector says of them: classes that are lowered or
// raised, clocks that run longer or shorter.
import { stricterClass, type DisclosureClass } from '../../authority/disclosure-class.ts';
import {
  CLASS_OUTSIDE_DISPLAY,
  maySeeRow,
  type Authority,
  type RecordPhase,
} from '../../authority/policy.ts';
import type { AuthorityChange } from './check-report.ts';
import { READY_PRINCIPALS, type ReadyPrincipal } from './ready-principals.ts';
import type {
  ClockEntry,
  ClockTerm,
  PublishedRows,
  RowChange,
  RowDisclosure,
} from './row-disclosure.ts';
import { readyAuthority } from './who-sees.ts';

const CLOCKS = ['display', 'query', 'deletion'] as const;
type ClockName = (typeof CLOCKS)[number];

/** What a record is while a clock runs, and when it has run out. */
const PHASES: Readonly<Record<ClockName, readonly [RecordPhase, RecordPhase]>> = {
  display: ['DISPLAYED', 'NOT_DISPLAYED'],
  query: ['NOT_DISPLAYED', 'CLOSED'],
  deletion: ['CLOSED', 'DELETED'],
};

/**
 * Compares what a sector says of its rows with what is on record. Types and tables that are new are its
 * own decision; a table of clocks under a new name is held against those that are gone, since clocks
 * are not longer for being called otherwise.
 */
export function findRowChanges(
  sector: string,
  { last, known }: PublishedRows,
  now: RowDisclosure,
): readonly AuthorityChange[] {
  return [...typeChanges(sector, known, now), ...clockChanges(sector, { last, known }, now)];
}

function typeChanges(
  sector: string,
  known: RowDisclosure,
  now: RowDisclosure,
): readonly AuthorityChange[] {
  return Object.entries(now.types).flatMap(([type, rows]) => {
    const before = known.types[type];
    if (!before) return [];
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
  return changeOf(coordinate, rows, {
    gains: next.filter((one) => !old.includes(one)),
    loses: old.filter((one) => !next.includes(one)),
    classes: [rows.before, rows.after],
  });
}

function clockChanges(
  sector: string,
  { last, known }: PublishedRows,
  now: RowDisclosure,
): readonly AuthorityChange[] {
  const gone = Object.entries(last.clocks).filter(([name]) => !(name in now.clocks));
  const changes = Object.entries(now.clocks).flatMap(([name, table]) => {
    const own = known.clocks[name];
    const tables = own ? [own] : gone.map(([, before]) => before);
    return CLOCKS.flatMap((clock) => {
      const differences = tables.flatMap((before) => differencesOf(before, table, clock));
      const worst = differences.find(({ isLonger }) => isLonger) ?? differences[0];
      return worst ? clockChange(sector, name, clock, worst) : [];
    });
  });
  return isMovedAway({ last, known }, now)
    ? [...changes, ...gone.flatMap(([name, table]) => goneChanges(sector, name, table))]
    : changes;
}

/**
 * Tells whether tables are gone for which nothing came, while every type of record is still there: its
 * clocks run by rules that stand where nobody compares them.
 */
function isMovedAway({ last, known }: PublishedRows, now: RowDisclosure): boolean {
  const isNew = Object.keys(now.clocks).some((name) => !(name in known.clocks));
  return !isNew && Object.keys(last.types).every((type) => type in now.types);
}

function goneChanges(
  sector: string,
  name: string,
  table: readonly ClockEntry[],
): readonly AuthorityChange[] {
  const entry = table.at(-1);
  if (!entry) return [];
  return CLOCKS.flatMap((clock) =>
    clockChange(sector, name, clock, {
      isLonger: true,
      before: entry[clock],
      after: null,
      day: entry.inForce,
    }),
  );
}

function clockChange(
  sector: string,
  name: string,
  clock: ClockName,
  { isLonger, before, after, day }: Difference,
): readonly AuthorityChange[] {
  const [running, over] = PHASES[clock];
  const who = seersOf(
    sector,
    (authority) => seesRow(authority, 'PUBLIC', running) && !seesRow(authority, 'PUBLIC', over),
  );
  const rows: RowChange = {
    part: clock,
    name,
    before: `${termText(before)} (rules in force on ${day})`,
    after: after ? termText(after) : 'in no rule that clocks.ts exports',
  };
  return changeOf(`${name} (${clock} clock)`, rows, {
    gains: isLonger ? who : [],
    loses: isLonger ? [] : who,
    classes: [null, null],
  });
}

interface Difference {
  readonly isLonger: boolean;
  readonly before: ClockTerm;
  /** Null where nothing says it any more. */
  readonly after: ClockTerm | null;
  /** First day on which the two differ, ISO date. */
  readonly day: string;
}

/** The rules in force change only on the days that one of the two tables names. */
function differencesOf(
  before: readonly ClockEntry[],
  after: readonly ClockEntry[],
  clock: ClockName,
): readonly Difference[] {
  const days = [...new Set([...before, ...after].map(({ inForce }) => inForce))].sort();
  return days.flatMap((day) => {
    const [old, now] = [inForceOn(before, day)?.[clock], inForceOn(after, day)?.[clock]];
    if (!old || !now) return [];
    const [oldMonths, newMonths] = [monthsOf(old), monthsOf(now)];
    const isMoved = old.start !== now.start;
    if (!isMoved && oldMonths === newMonths) return [];
    // From another event it may end earlier for one record and later for the next.
    return [{ isLonger: isMoved || newMonths > oldMonths, before: old, after: now, day }];
  });
}

/** As an import chooses it: the last entry in force, or the first where none was yet. */
function inForceOn(table: readonly ClockEntry[], day: string): ClockEntry | undefined {
  return table.findLast(({ inForce }) => inForce <= day) ?? table[0];
}

function monthsOf({ length }: ClockTerm): number {
  return length === 'open' ? Infinity : (length.years ?? 0) * 12 + (length.months ?? 0);
}

function termText({ start, length }: ClockTerm): string {
  if (length === 'open') return `without end from ${start}`;
  const parts = [
    ...(length.years === undefined ? [] : [`${length.years} years`]),
    ...(length.months === undefined ? [] : [`${length.months} months`]),
  ];
  return `${parts.join(' ')} from ${start}`;
}

function seersOf(
  sector: string,
  sees: (authority: Authority) => boolean,
): readonly ReadyPrincipal[] {
  return READY_PRINCIPALS.filter((kind) => sees(readyAuthority(kind, [sector], sector)));
}

/** A grant opens the type of the field that it names; that of the ready holder is `Any`. */
function seesRow(authority: Authority, value: DisclosureClass, phase: RecordPhase): boolean {
  return maySeeRow(authority, { type: 'Any', class: value, phase });
}

function changeOf(
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
  return [
    {
      coordinate,
      kind: gains.length > 0 ? 'widened' : 'narrowed',
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

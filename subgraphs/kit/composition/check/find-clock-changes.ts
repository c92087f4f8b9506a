// Clocks that run longer or shorter than they were published with, and what a new name does not hide.
import type { RecordPhase } from '../../authority/policy.ts';
import type { AuthorityChange } from './check-report.ts';
import type { ReadyPrincipal } from './ready-principals.ts';
import { newRowsOf, rowChangeOf, seersOf, seesRow } from './row-change.ts';
import type {
  ClockEntry,
  ClockTerm,
  PublishedRows,
  RowChange,
  RowDisclosure,
} from './row-disclosure.ts';

const CLOCKS = ['display', 'query', 'deletion'] as const;
type ClockName = (typeof CLOCKS)[number];

/** What a record is while a clock runs, and when it has run out. */
const PHASES: Readonly<Record<ClockName, readonly [RecordPhase, RecordPhase]>> = {
  display: ['DISPLAYED', 'NOT_DISPLAYED'],
  query: ['NOT_DISPLAYED', 'CLOSED'],
  deletion: ['CLOSED', 'DELETED'],
};

/**
 * Compares tables of clocks. Which type one is for is nowhere said: one under a new name is held against
 * those that are gone, since clocks are not longer for being called otherwise, and against all where no
 * type is new, since what is there already will run by it.
 */
export function findClockChanges(
  sector: string,
  { last, known }: PublishedRows,
  now: RowDisclosure,
): readonly AuthorityChange[] {
  const gone = Object.entries(last.clocks).filter(([name]) => !(name in now.clocks));
  const isTypeNew = Object.keys(now.types).some((type) => !(type in known.types));
  const changes = Object.entries(now.clocks).flatMap(([name, table]) => {
    const own = known.clocks[name];
    if (!own && gone.length === 0) {
      const longer = isTypeNew ? [] : longerThanAny(sector, [name, table], last.clocks);
      return longer.length > 0 ? longer : newClocks(sector, name, table);
    }
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

/** Records that ran by the shortest of the tables may run by the new one from now on. */
function longerThanAny(
  sector: string,
  [name, table]: readonly [string, readonly ClockEntry[]],
  published: RowDisclosure['clocks'],
): readonly AuthorityChange[] {
  return CLOCKS.flatMap((clock) => {
    const longer = Object.entries(published).flatMap(([other, before]) =>
      differencesOf(before, table, clock).flatMap((one) =>
        one.isLonger ? [{ ...one, of: other }] : [],
      ),
    );
    const [worst] = longer.sort((a, b) => monthsOf(a.before) - monthsOf(b.before));
    return worst ? clockChange(sector, name, clock, worst) : [];
  });
}

/** The rules in force last: those before them are for records that have yet to come in, too. */
function newClocks(
  sector: string,
  name: string,
  table: readonly ClockEntry[],
): readonly AuthorityChange[] {
  const entry = table.at(-1);
  if (!entry) return [];
  return CLOCKS.flatMap((clock) => {
    const isNever = monthsOf(entry[clock]) === 0;
    return newRowsOf(
      `${name} (${clock} clock)`,
      { part: clock, name, before: null, after: termText(entry[clock]) },
      isNever ? [] : seersWhile(sector, clock),
    );
  });
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
  { isLonger, before, after, day, of }: Difference,
): readonly AuthorityChange[] {
  const who = seersWhile(sector, clock);
  const rows: RowChange = {
    part: clock,
    name,
    before: `${termText(before)} (${of === undefined ? '' : `by ${of}, `}rules in force on ${day})`,
    after: after ? termText(after) : 'in no rule that clocks.ts exports',
  };
  return rowChangeOf(`${name} (${clock} clock)`, rows, {
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
  /** The table that said what was before, where that is another one. */
  readonly of?: string;
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

/** Who sees a row while a clock runs, and no longer when it has run out. */
function seersWhile(sector: string, clock: ClockName): readonly ReadyPrincipal[] {
  const [running, over] = PHASES[clock];
  return seersOf(
    sector,
    (authority) => seesRow(authority, 'PUBLIC', running) && !seesRow(authority, 'PUBLIC', over),
  );
}

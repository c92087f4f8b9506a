// Which rows an authority may see, as SQL: the one predicate that every statement over records
// carries. It says what `maySeeRow` of the policy says, of all rows at once.
import type { Knex } from 'knex';
import { DISCLOSURE_CLASSES, type DisclosureClass } from '../authority/disclosure-class.ts';
import { maySeeRow, type Authority, type RecordPhase } from '../authority/policy.ts';
import type { RecordTable } from './record-table.ts';
import { param, sql } from './statement.ts';

/**
 * Phases in which an authority sees rows, on which the text of the predicate depends: those on display
 * alone, all that stand, or repaired, withdrawn and expired ones as well.
 */
export type RowScope = 'DISPLAYED' | 'STANDING' | 'ALL';

/** Values of the predicate's parameters. */
export interface RowClasses {
  /** Classes of rows that are seen while they are on display. */
  readonly displayed: readonly DisclosureClass[];
  /** Classes of rows that are seen when they are not. */
  readonly outside: readonly DisclosureClass[];
}

/** What a table says of its rows. */
export type RowRules = Pick<RecordTable, 'type' | 'classOutsideDisplay'>;

/** Asks the policy which classes of rows of a table an authority sees. */
export function rowClassesOf(table: RowRules, authority: Authority): RowClasses {
  const { type, classOutsideDisplay } = table;
  const seen = (phase: RecordPhase): readonly DisclosureClass[] =>
    DISCLOSURE_CLASSES.filter((value) =>
      maySeeRow(authority, {
        type,
        phase,
        class: value,
        ...(classOutsideDisplay && { classOutsideDisplay }),
      }),
    );
  return { displayed: seen('DISPLAYED'), outside: seen('NOT_DISPLAYED') };
}

/** Tells how far an authority sees beyond what is on display. */
export function rowScopeOf({ outside }: RowClasses, authority: Authority): RowScope {
  if (outside.length === 0) return 'DISPLAYED';
  return authority.closedRecords ? 'ALL' : 'STANDING';
}

/**
 * Adds the predicate for the rows of `alias`, by their class, their state and their three clocks.
 *
 * A clock that has not started (`display_from` is null) displays: it starts later than the record,
 * for example when a sanction has been carried out, and until then there is no last day.
 *
 * @param suffix of the parameters `displayed` and `outside`, where a statement has several pairs
 */
export function whereVisible(
  query: Knex.QueryBuilder,
  alias: string,
  day: 'today' | 'asOf',
  scope: RowScope,
  suffix = '',
): void {
  const on = param(day);
  const until = (clock: string): string =>
    `(${alias}.${clock}_until is null or ${alias}.${clock}_until >= ?::date)`;
  const isStanding = `${alias}.state = 'EFFECTIVE' and ${until('query')}`;
  const isDisplayed =
    `(${alias}.display_from is null or ${alias}.display_from <= ?::date)` +
    ` and ${until('display')}`;
  const byDisplay = (isOnDisplay: string): string =>
    `${alias}.disclosure_class = any(case when ${isOnDisplay} then ?::text[] else ?::text[] end)`;
  const lists = [param(`displayed${suffix}`), param(`outside${suffix}`)];
  query.whereRaw(until('deletion'), [on]);
  switch (scope) {
    case 'DISPLAYED':
      query
        .whereRaw(`${alias}.disclosure_class = any(?)`, [param(`displayed${suffix}`)])
        .whereRaw(isStanding, [on])
        .whereRaw(isDisplayed, [on, on]);
      break;
    case 'STANDING':
      query.whereRaw(isStanding, [on]).whereRaw(byDisplay(isDisplayed), [on, on, ...lists]);
      break;
    case 'ALL':
      query.whereRaw(byDisplay(`${isStanding} and ${isDisplayed}`), [on, on, on, ...lists]);
  }
}

/** A legal day ends at midnight in China, whatever the time zone of the session. */
const END_OF_DAY = `(?::date + 1)::timestamp at time zone interval '8 hours'`;

/**
 * Narrows to the versions that stood at the end of a day, among those that the authority could have
 * seen then: a version after them that is hidden leaves no gap, since a gap would tell of it.
 * What has since been withdrawn, repaired, reclassified or is no longer displayed stays unseen:
 * reading the past must not be a way around the end of a display.
 */
export function whereVisibleAsOf(
  query: Knex.QueryBuilder,
  table: string,
  alias: string,
  scope: RowScope,
  suffix = '',
): void {
  const ofRecord = (other: string): string =>
    `${other}.subject_code = ${alias}.subject_code and ${other}.record_id = ${alias}.record_id`;
  whereRecordedAsOf(query, alias, scope, suffix);
  query.whereNotExists((later) => {
    // All columns would need the right to read all of them.
    later
      .select(sql.raw('1'))
      .from(`${table} as later`)
      .whereRaw(`${ofRecord('later')} and later.version > ${alias}.version`);
    whereRecordedAsOf(later, 'later', scope, suffix);
  });
  query.whereExists((current) => {
    current
      .select(sql.raw('1'))
      .from(`${table} as now`)
      .whereRaw(`${ofRecord('now')} and now.superseded_at is null`);
    whereVisible(current, 'now', 'today', scope, suffix);
  });
}

/** Narrows to versions that were there at the end of a day, and could be seen then. */
function whereRecordedAsOf(
  query: Knex.QueryBuilder,
  alias: string,
  scope: RowScope,
  suffix: string,
): void {
  query
    .whereRaw(`${alias}.recorded_at < ${END_OF_DAY}`, [param('asOf')])
    // A version whose deletion is due is for nobody, whatever day it is read for.
    .whereRaw(`(${alias}.deletion_until is null or ${alias}.deletion_until >= ?::date)`, [
      param('today'),
    ]);
  whereVisible(query, alias, 'asOf', scope, suffix);
}

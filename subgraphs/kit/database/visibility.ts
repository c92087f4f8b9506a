// Which rows a viewer may see, as SQL: the one predicate that every statement over records carries.
import type { Knex } from 'knex';
import { param } from './statement.ts';

/**
 * Adds the predicate for the rows of `alias`: their class is one the viewer holds, they stand (a
 * repaired or withdrawn record is no longer shown), and the public display covers the day.
 *
 * A clock that has not started (`display_from` is null) displays: it starts later than the record,
 * for example when a sanction has been carried out, and until then there is no last day.
 */
export function whereVisible(query: Knex.QueryBuilder, alias: string, day: 'today' | 'asOf'): void {
  query
    .whereRaw(`${alias}.disclosure_class = any(?)`, [param('classes')])
    .whereRaw(`${alias}.state = 'EFFECTIVE'`)
    .whereRaw(`(${alias}.display_from is null or ${alias}.display_from <= ?::date)`, [param(day)])
    .whereRaw(`(${alias}.display_until is null or ${alias}.display_until >= ?::date)`, [
      param(day),
    ]);
}

/** A legal day ends at midnight in China, whatever the time zone of the session. */
const END_OF_DAY = `(?::date + 1)::timestamp at time zone interval '8 hours'`;

/**
 * Narrows to the versions that stood at the end of a day and that the viewer could have seen then.
 * What has since been withdrawn, repaired, reclassified or is no longer displayed stays unseen:
 * reading the past must not be a way around the end of a display.
 */
export function whereVisibleAsOf(query: Knex.QueryBuilder, table: string, alias: string): void {
  query
    .whereRaw(`${alias}.recorded_at < ${END_OF_DAY}`, [param('asOf')])
    .whereRaw(`(${alias}.superseded_at is null or ${alias}.superseded_at >= ${END_OF_DAY})`, [
      param('asOf'),
    ]);
  whereVisible(query, alias, 'asOf');
  query.whereExists((current) => {
    current.from(`${table} as now`).whereRaw(
      `now.subject_code = ${alias}.subject_code and now.record_id = ${alias}.record_id
       and now.superseded_at is null`,
    );
    whereVisible(current, 'now', 'today');
  });
}

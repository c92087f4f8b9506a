// Holds the legal day of a test's database still, as a test holds the clock of its subgraph.
import pg from 'pg';
import { LEGAL_DAY_FUNCTION } from './access-statements.ts';

/**
 * Replaces the function that row policies ask for the day. Access must have been granted; granting
 * it anew, for other labels, lets the day go on.
 *
 * @param url of the owner
 * @param day ISO date; null lets the day go on
 */
export async function holdLegalDay(url: string, day: string | null): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const value =
      day === null
        ? `(now() at time zone interval '8 hours')::date`
        : `${pg.escapeLiteral(day)}::date`;
    await client.query(
      `create or replace function ${LEGAL_DAY_FUNCTION} returns date language sql stable
       return ${value}`,
    );
  } finally {
    await client.end();
  }
}

// Rows of the tax sector for tests of what is seen of them: a row that anyone may see, but for what a
// test says.
import type { Pool } from './pool.ts';

/** Subjects of rows. */
export const A = '91990101MA7K3P2Q8J';
export const B = '91990102900000014T';
/** The legal day on which the rows below are on display. */
export const TODAY = '2026-07-01';

const row = {
  version: 1,
  recorded_at: '2026-01-10T00:00:00Z',
  superseded_at: null,
  batch_id: 'b1',
  content_hash: 'h1',
  disclosure_class: 'PUBLIC',
  state: 'EFFECTIVE',
  dispute: 'NONE',
  publisher: 'a tax office',
  retrieved_at: '2026-01-10T00:00:00Z',
  display_start: 'DETERMINED',
  display_from: '2026-01-01',
  display_until: '2026-12-31',
  query_start: 'DETERMINED',
  deletion_start: 'DETERMINED',
  sort_date: '2026-01-01',
};

const OF_TABLE: Readonly<Record<string, object>> = {
  penalties: { decision_number: 'no. 1', kinds: '["FINE"]', severity: 'GENERAL' },
  credit_ratings: { rating_year: 2025, grade: 'A', score: 95 },
  inspections: {
    inspection_number: 'no. 1',
    disclosure_class: 'GOVERNMENT',
    outcome: 'RECOVERED',
    facts: 'the facts found',
    recovered_minor: 500,
    recovered_currency: 'CNY',
    penalty_document: 'a document',
  },
};

/** Inserts a version of a record of a subject. */
export async function insertTaxRow(
  pool: Pool,
  table: string,
  code: string,
  id: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const whole = { ...row, ...OF_TABLE[table], subject_code: code, record_id: id, ...more };
  const names = Object.keys(whole);
  await pool.query(
    `insert into ${table} (${names.join(',')}) values (${names.map((_, at) => `$${at + 1}`).join(',')})`,
    Object.values(whole),
  );
}

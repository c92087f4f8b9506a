// The plans of the kit's statements under row security: what a reader asks is found by the same
// indexes as without it, since all that leads to them compares by operators that tell nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { grantAccess } from './grant-access.ts';
import { READER_NAMES } from './readers.ts';
import {
  historyStatement,
  listingStatement,
  previousStatement,
  sectionStatement,
  type QueryShape,
} from './record-query.ts';
import type { Statement } from './statement.ts';
import {
  createAccessDatabase,
  readerUrl,
  rulings,
  TEST_GRANT,
  withConnection,
} from './test/access-fixture.ts';
import type { TestDatabase } from './test-database.ts';

let database: TestDatabase;

before(async () => {
  database = await createAccessDatabase();
  await grantAccess(database.url, TEST_GRANT);
  await withConnection(database.url, async (owner) => {
    await owner.query(
      `insert into rulings (subject_code, record_id, version, recorded_at, batch_id, content_hash,
         disclosure_class, state, dispute, publisher, retrieved_at, display_start, query_start,
         deletion_start, sort_date, number)
       select 's' || (i % 1000), 'r' || i, 1, now(), 'b', 'h',
         (array['PUBLIC', 'PUBLIC', 'AGENCY', 'GOVERNMENT'])[1 + i % 4], 'EFFECTIVE', 'NONE', 'p',
         now(), 'DECIDED', 'DECIDED', 'DECIDED', date '2025-01-01' - i % 1000, 'n' || i % 50
       from generate_series(1, 40000) i`,
    );
    await owner.query('analyze rulings');
  });
});

after(() => database.drop());

const shape = (more: Partial<QueryShape>): QueryShape => ({
  filters: {},
  after: false,
  asOf: false,
  total: false,
  rows: 'DISPLAYED',
  ...more,
});
const FIELDS = ['number'];
const BY_SUBJECT = /\(subject_code = (s|k)\.code\)/;

const STATEMENTS: readonly (readonly [string, Statement, readonly RegExp[]])[] = [
  ['section', sectionStatement(rulings, FIELDS, shape({})), [BY_SUBJECT]],
  [
    'section after a cursor, filtered and counted',
    sectionStatement(
      rulings,
      FIELDS,
      shape({ after: true, total: true, filters: { number: { field: 'number', test: 'any' } } }),
    ),
    [BY_SUBJECT, BY_SUBJECT],
  ],
  ['section of a day', sectionStatement(rulings, FIELDS, shape({ asOf: true })), [BY_SUBJECT]],
  [
    'listing after a cursor',
    listingStatement(rulings, FIELDS, shape({ after: true })),
    [/ROW\(sort_date, record_id\) < ROW\(\$\d+, \$\d+\)/],
  ],
  ['history', historyStatement(rulings, FIELDS, 'DISPLAYED'), [BY_SUBJECT]],
  ['version before', previousStatement(rulings, FIELDS, 'DISPLAYED'), [BY_SUBJECT]],
];

interface PlanNode {
  readonly 'Index Cond'?: string;
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

describe('under row security', () => {
  for (const [what, statement, conditions] of STATEMENTS) {
    test(`a ${what} is found by its index, as the owner finds it`, async () => {
      const expected = await planOf(database.url, statement);
      for (const condition of conditions) {
        assert.ok(
          expected.some((found) => condition.test(found)),
          expected.join(),
        );
      }
      for (const reader of READER_NAMES) {
        const found = await planOf(readerUrl(database.url, reader), statement);
        for (const condition of conditions) {
          assert.ok(
            found.some((one) => condition.test(one)),
            `${reader}: ${found.join()}`,
          );
        }
        assert.ok(!found.includes('Seq Scan'), `${reader}: ${found.join()}`);
      }
    });
  }

  test('the operators that lead to an index are known to tell nothing of the rows they compare', async () => {
    await withConnection(database.url, async (owner) => {
      const { rows } = await owner.query<{ name: string }>(
        `select oprname || '(' || oprleft::regtype || ')' as name
         from pg_operator join pg_proc p on p.oid = oprcode
         where oprname in ('=', '<', '<=', '>', '>=') and oprleft = oprright and not proleakproof
           and oprleft in ('text'::regtype, 'date'::regtype, 'timestamptz'::regtype,
             'integer'::regtype, 'boolean'::regtype)`,
      );
      assert.deepEqual(rows, []);
    });
  });

  test('the legal day is asked for once a statement, not once a row', async () => {
    await withConnection(database.url, (owner) =>
      owner.query(
        `create sequence asked; grant usage on sequence asked to public;
         create or replace function legal_day() returns date language sql stable
         return ('2026-03-01'::date + (nextval('asked') * 0)::integer)`,
      ),
    );
    const client = new pg.Client({ connectionString: readerUrl(database.url, 'PUBLIC') });
    await client.connect();
    try {
      await client.query('set default_transaction_read_only = off');
      const { rowCount } = await client.query('select record_id from rulings');
      assert.equal(rowCount, 20_000);
    } finally {
      await client.end();
    }
    const [row] = await withConnection(
      database.url,
      async (owner) =>
        (await owner.query<{ n: number }>('select last_value::int as n from asked')).rows,
    );
    assert.ok((row?.n ?? 0) <= 5, `${row?.n} times`);
  });
});

/** Lists the index conditions of a statement's generic plan, and `Seq Scan` where there is one. */
async function planOf(url: string, statement: Statement): Promise<readonly string[]> {
  return withConnection(url, async (client) => {
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
      `explain (generic_plan, format json) ${statement.text}`,
    );
    const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
    assert.ok(plan);
    return [...conditionsOf(plan.Plan)];
  });
}

function* conditionsOf(node: PlanNode): Generator<string> {
  if (node['Index Cond'] !== undefined) yield node['Index Cond'];
  if (node['Node Type'] === 'Seq Scan') yield 'Seq Scan';
  for (const child of node.Plans ?? []) yield* conditionsOf(child);
}

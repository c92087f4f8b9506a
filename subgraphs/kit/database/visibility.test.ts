// The predicate for rows against the policy that it must say in SQL: random rows, random authorities.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DISCLOSURE_CLASSES, type DisclosureClass } from '../authority/disclosure-class.ts';
import { maySeeRow, type Authority, type RecordPhase } from '../authority/policy.ts';
import { createRandom } from '../samples/random.ts';
import { openPool, type Pool } from './pool.ts';
import { sql, toStatement, runStatement } from './statement.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { rowClassesOf, rowScopeOf, whereVisible, type RowRules } from './visibility.ts';

const SEED = String(process.pid);
const ROWS = 4_000;
const AUTHORITIES = 120;
const DAYS = ['2026-06-29', '2026-06-30', '2026-07-01', '2026-07-02'] as const;
const TABLES: readonly RowRules[] = [
  { type: 'Entry' },
  { type: 'Entry', classOutsideDisplay: 'GOVERNMENT' },
  { type: 'Entry', classOutsideDisplay: 'REGISTERED' },
  { type: 'Other', classOutsideDisplay: 'SPECIAL' },
];

interface Row {
  readonly id: number;
  readonly disclosure_class: DisclosureClass;
  readonly state: string;
  readonly display_from: string | null;
  readonly display_until: string | null;
  readonly query_until: string | null;
  readonly deletion_until: string | null;
}

const random = createRandom(SEED);
const someOf = <Value>(values: readonly Value[]): Value[] =>
  values.filter(() => random.chance(0.5));

const rows: readonly Row[] = Array.from({ length: ROWS }, (_, id) => ({
  id,
  disclosure_class: random.pick(DISCLOSURE_CLASSES),
  state: random.pick(['EFFECTIVE', 'EFFECTIVE', 'EFFECTIVE', 'REPAIRED', 'WITHDRAWN']),
  display_from: random.pick([null, ...DAYS]),
  display_until: random.pick([null, null, ...DAYS]),
  query_until: random.pick([null, null, null, ...DAYS]),
  deletion_until: random.pick([null, null, null, ...DAYS]),
}));

/** What the policy says of the phases, in words that owe nothing to the SQL. */
function phaseOf(row: Row, day: string): RecordPhase {
  const isOver = (until: string | null): boolean => until !== null && until < day;
  if (isOver(row.deletion_until)) return 'DELETED';
  if (row.state !== 'EFFECTIVE' || isOver(row.query_until)) return 'CLOSED';
  const hasBegun = row.display_from === null || row.display_from <= day;
  return hasBegun && !isOver(row.display_until) ? 'DISPLAYED' : 'NOT_DISPLAYED';
}

let database: TestDatabase;
let pool: Pool;

before(async () => {
  database = await createTestDatabase('visibility');
  pool = openPool(database.url, { name: 'test', readOnly: false, onIdleError: () => undefined });
  await pool.query(
    `create table entries (id int, disclosure_class text, state text, display_from date,
       display_until date, query_until date, deletion_until date)`,
  );
  await pool.query(
    `insert into entries select * from jsonb_populate_recordset(null::entries, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
});

after(async () => {
  await pool.end();
  await database.drop();
});

function randomAuthority(): Authority {
  const upTo = random.integer(0, DISCLOSURE_CLASSES.length - 1);
  const ordered = DISCLOSURE_CLASSES.slice(0, upTo);
  return {
    // Such as tiers and standings make, and sets of classes that none of them makes.
    classes: random.chance(0.7) ? ordered : someOf(DISCLOSURE_CLASSES.slice(0, -1)),
    closedRecords: random.chance(0.4),
    specialFields: new Set(someOf(['Entry.secret', 'Other.secret', 'Entries.secret', 'Entry'])),
  };
}

async function seenInSql(table: RowRules, authority: Authority, day: string): Promise<number[]> {
  const values = rowClassesOf(table, authority);
  const query = sql.select('r.id').from('entries as r');
  whereVisible(query, 'r', 'today', rowScopeOf(values, authority));
  const found = await runStatement<{ id: number }>(pool, toStatement(query.orderBy('r.id')), {
    ...values,
    today: day,
  });
  return found.map((row) => row.id);
}

test(`selects the rows that the policy lets see, and no other (seed ${SEED})`, async () => {
  const scopes = new Set<string>();
  let seen = 0;
  for (let round = 0; round < AUTHORITIES; round += 1) {
    const [table, authority, day] = [random.pick(TABLES), randomAuthority(), random.pick(DAYS)];
    const expected = rows.filter((row) =>
      maySeeRow(authority, {
        type: table.type,
        class: row.disclosure_class,
        phase: phaseOf(row, day),
        ...(table.classOutsideDisplay && { classOutsideDisplay: table.classOutsideDisplay }),
      }),
    );
    const told = JSON.stringify({ table, authority, fields: [...authority.specialFields], day });
    assert.deepEqual(
      await seenInSql(table, authority, day),
      expected.map((row) => row.id),
      told,
    );
    scopes.add(rowScopeOf(rowClassesOf(table, authority), authority));
    seen += expected.length;
  }
  assert.deepEqual([...scopes].sort(), ['ALL', 'DISPLAYED', 'STANDING']);
  assert.ok(seen > 0 && seen < ROWS * AUTHORITIES);
});

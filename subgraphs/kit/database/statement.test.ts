// Statements: the text is built once, values are bound, and a hole cannot be left open or be filled
// by what it must not hold.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PublicError } from '../errors.ts';
import { openPool, type Pool } from './pool.ts';
import { param, runStatement, sql, toStatement } from './statement.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let pool: Pool;

before(async () => {
  database = await createTestDatabase('statement');
  pool = openPool(database.url, {
    name: 'test',
    connectionsMax: 1,
    onIdleError: () => undefined,
  });
});

after(async () => {
  await pool.end();
  await database.drop();
});

const ECHO = toStatement(sql.raw('select ?::text as text', [param('text')]));

test('names a statement by its text, so that the server prepares it once', async () => {
  const again = toStatement(sql.raw('select ?::text as text', [param('other')]));
  assert.equal(again.name, ECHO.name);
  await runStatement(pool, ECHO, { text: 'a' });
  await runStatement(pool, again, { other: 'b' });
  const { rows } = await pool.query('select count(*)::int as n from pg_prepared_statements');
  assert.deepEqual(rows, [{ n: 1 }]);
});

test('binds values, whatever they hold', async () => {
  for (const text of [`'; drop table t; --`, '$1', '?', '\\', '\u{1f600}', '']) {
    assert.deepEqual(await runStatement(pool, ECHO, { text }), [{ text }]);
  }
});

test('refuses a value in the text of a statement', () => {
  assert.throws(
    () => toStatement(sql.from('t').where('a', 5)),
    /holds a value instead of a parameter/,
  );
});

test('refuses to run without a value for every parameter, inherited ones do not count', async () => {
  await assert.rejects(runStatement(pool, ECHO, {}), /no value for the parameter text/);
  const inherited = toStatement(sql.raw('select ?::text', [param('constructor')]));
  await assert.rejects(runStatement(pool, inherited, {}), /no value for the parameter constructor/);
});

test('refuses null characters as a mistake of the caller, also within lists', async () => {
  const list = toStatement(sql.raw('select ?::text[] as list', [param('list')]));
  for (const run of [
    () => runStatement(pool, ECHO, { text: 'a\0b' }),
    () => runStatement(pool, list, { list: ['a', 'b\0'] }),
  ]) {
    await assert.rejects(run, (error) => {
      assert.ok(error instanceof PublicError);
      assert.equal(error.extensions['code'], 'BAD_USER_INPUT');
      return true;
    });
  }
});

test('lets a statement that is wrong be a defect', async () => {
  const wrong = toStatement(sql.raw('select ?::int', [param('text')]));
  await assert.rejects(runStatement(pool, wrong, { text: 'x' }), (error) => {
    assert.ok(!(error instanceof PublicError));
    return true;
  });
});

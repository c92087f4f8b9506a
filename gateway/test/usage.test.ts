// Goal: what the running gateway records is what was asked and allowed, and nothing of any caller or
// subject. Method: operations over HTTP, then the tables, whole, as text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecordedOperations } from '../../subgraphs/kit/composition/recorded-operations.ts';
import { usedCoordinates } from '../../subgraphs/kit/composition/used-coordinates.ts';
import { openPool } from '../../subgraphs/kit/database/pool.ts';
import { createTestDatabase } from '../../subgraphs/kit/database/test-database.ts';
import { ask, CODE, OTHER_CODE, startFixtureGraph } from './graph-under-test.ts';

test('records what was asked and allowed, as it was executed, without values', async (t) => {
  const database = await createTestDatabase('usage');
  const graph = await startFixtureGraph(t, { DATABASE_URL_GATEWAY: database.url });
  const { gateway, fixture } = graph;
  for (const code of [CODE, OTHER_CODE]) {
    await ask(graph, 'query Who($c: CreditCode!) { subject(code: $c) { name } }', { c: code });
    await ask(graph, `query Q${code} { it: subject(code: "${code}") { is: name } }`);
  }
  // Refused, wrong, beyond a limit, answered by the gateway itself, asked by the gateway itself.
  await ask(graph, `{ subject(code: "${CODE}") { tax { secret } } }`);
  await ask(graph, '{ subject(code: "none") { name } }');
  await ask(graph, '{ taxPenalties(first: 1000) { totalCount } }');
  await ask(graph, '{ __schema { queryType { name } } }');
  await fetch(new URL('/health/ready', graph.url));
  const filtered = `{ subject(code: "${CODE}") { tax { secret fault(kind: "VALUE") } } }`;
  await ask(graph, filtered, {}, { 'credit-unauthorized': 'filter' });
  await gateway.stop();

  const pool = openPool(database.url, { name: 'test', onIdleError: () => undefined });
  t.after(async () => {
    await pool.end();
    await database.drop();
  });
  const recorded = await readRecordedOperations(pool, '2026-01-01');
  assert.deepEqual(
    recorded.map(({ text, count, byTier }) => [count, byTier, text]),
    [
      [2, { ANONYMOUS: 2 }, 'query($v1:CreditCode!){alias1:subject(code:$v1){alias2:name}}'],
      [2, { ANONYMOUS: 2 }, 'query($v1:CreditCode!){subject(code:$v1){name}}'],
      [
        1,
        { ANONYMOUS: 1 },
        'query($v1:CreditCode!$v2:String!){subject(code:$v1){tax{fault(kind:$v2)}}}',
      ],
    ],
  );
  const whole = await pool.query(
    `select to_jsonb(o)::text || to_jsonb(d)::text as row
     from recorded_operations o join recorded_operation_days d using (operation_hash)`,
  );
  assert.doesNotMatch(JSON.stringify(whole.rows), new RegExp(`${CODE}|${OTHER_CODE}|VALUE|Who|Q9`));
  const used = usedCoordinates(recorded[2]?.text ?? '', fixture.supergraph.schema);
  assert.ok(used?.has('TaxSection.fault') && !used.has('TaxSection.secret'));
});

// The first load of a registry: names without indexes, then the indexes as they were.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestSector } from '../kit/conformance/test-sector.ts';
import type { Run, Sector } from '../kit/index.ts';
import { deferNameIndexes } from './search/first-load.ts';
import { keepNames } from './search/keep-names.ts';
import { sector } from './sector.ts';
import { codeOf, linesOf, type TestRow } from './test-rows.ts';

const INDEXES = `select indexname, indexdef from pg_indexes
  where tablename = 'subject_names' order by indexname`;
const ROWS: readonly TestRow[] = [
  { index: 95_001, name: '沧岭市首次装载有限公司' },
  { index: 95_002, name: '沧岭市再次装载有限公司' },
  { index: 95_003, name: '沧岭市三次装载有限公司' },
];

test('the indexes are gone while an empty registry is loaded, and back with the batch', async () => {
  const counts: number[] = [];
  const deferring: NonNullable<Sector['afterMerge']> = async (client, batchId) => {
    const run: Run = async <Row extends object>(text: string, values: unknown[]) =>
      (await client.query<Row>(text, values)).rows;
    const { build } = await deferNameIndexes(run, batchId, 2);
    counts.push((await run(INDEXES, [])).length);
    await keepNames(client, batchId);
    await build();
    counts.push((await run(INDEXES, [])).length);
  };
  const registry = await openTestSector({ ...sector, afterMerge: deferring });
  try {
    const before = (await registry.pool.query(INDEXES)).rows;
    const [first, second, third] = ROWS as [TestRow, TestRow, TestRow];
    await registry.importText('one.jsonl', linesOf([first]));
    assert.deepEqual(counts, [4, 4], 'a small batch is entered one by one');
    const waiting = `select gin_clean_pending_list('subject_names_terms')::int as pages`;
    assert.deepEqual((await registry.pool.query(waiting)).rows, [{ pages: 0 }]);
    await registry.pool.query('truncate subject_names');
    await registry.importText('two.jsonl', linesOf([second, third]));
    assert.deepEqual(counts, [4, 4, 0, 4]);
    assert.deepEqual((await registry.pool.query(INDEXES)).rows, before);
    const { data } = await registry.query(`{ searchSubjects(name: "次装载") { nodes { code } } }`);
    assert.deepEqual(
      new Set(data.searchSubjects.nodes.map(({ code }: { code: string }) => code)),
      new Set([codeOf(second), codeOf(third)]),
    );
    await registry.importText('more.jsonl', linesOf([first, { ...second, status: '注销' }, third]));
    assert.deepEqual(counts.slice(4), [4, 4], 'a table with names keeps its indexes');
  } finally {
    await registry.close();
  }
});

// What was opened beside `publish` keeps a sector from being published, by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckReport } from '../../composition/check/check-report.ts';
import { adoptedWidenings, withAdopted } from './adopted-widenings.ts';

const PASSED: CheckReport = {
  sector: 'tax',
  passed: true,
  problems: [],
  waived: [],
  contract: [],
  authority: [],
  supergraph: null,
};

test('names each field that was opened beside publish, but for those of the sector itself', async () => {
  const found = ['A.own', 'B.other'].map((coordinate) => ({ coordinate, gains: ['anonymous'] }));
  const graph = { generation: '', supergraph: '', subgraphs: [] };
  const record = { notAccepted: () => Promise.resolve(found) };
  const own = [{ coordinate: 'A.own', gains: ['anonymous' as const] }];
  const widenings = await adoptedWidenings(record, graph, own);
  const { passed, problems } = withAdopted(PASSED, widenings);
  assert.equal(passed, false);
  assert.deepEqual(
    problems.map(({ rule, severity, coordinate }) => [rule, severity, coordinate]),
    [['authority', 'error', 'B.other']],
  );
  assert.match(problems[0]?.message ?? '', /by other means than publish: anonymous\.$/);
  assert.match(problems[0]?.remedy ?? '', /--accept-widening/);
});

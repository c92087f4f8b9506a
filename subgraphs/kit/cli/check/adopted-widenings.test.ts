// What was opened beside `publish` keeps a sector from being published, by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuthorityChange, CheckReport } from '../../composition/check/check-report.ts';
import { openedBeside, withAdopted } from './adopted-widenings.ts';

const OWN: AuthorityChange = {
  coordinate: 'A.own',
  kind: 'widened',
  classBefore: 'AGENCY',
  classAfter: 'PUBLIC',
  gains: ['anonymous'],
  loses: [],
  movedTo: [],
  earlier: null,
  use: null,
  rows: null,
};
const PASSED: CheckReport = {
  sector: 'tax',
  passed: true,
  problems: [],
  waived: [],
  contract: [],
  authority: [OWN],
  unknown: [],
  supergraph: null,
};

test('names each field that was opened beside publish, but for those of the sector itself', () => {
  const found = ['A.own', 'B.other'].map((coordinate) => ({ coordinate, gains: ['anonymous'] }));
  const widenings = openedBeside(found, PASSED);
  const { passed, problems } = withAdopted(PASSED, widenings, false);
  assert.equal(passed, false);
  assert.deepEqual(
    problems.map(({ rule, severity, coordinate }) => [rule, severity, coordinate]),
    [['authority', 'error', 'B.other']],
  );
  assert.match(problems[0]?.message ?? '', /by other means than publish: anonymous\.$/);
  assert.match(problems[0]?.remedy ?? '', /--accept-widening/);
  const accepted = withAdopted(PASSED, widenings, true);
  assert.equal(accepted.passed, true);
  assert.deepEqual(
    accepted.problems.map(({ severity }) => severity),
    ['warning'],
  );
});

// The test of the test: a leak of each kind is found by the same random operations that find none in
// the project, within a bounded number of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parse, visit } from 'graphql';
import { loadSupergraph } from '../../../supergraph/load-supergraph.ts';
import { openTwins, type TwinWorlds } from '../worlds/twin-worlds.ts';
import { runCallers, type CallersResult } from '../runs/run-callers.ts';
import { LEAKS, plantLeaks, type LeakName } from './plant-leaks.ts';

/** Of the worlds. */
const SEED = 'leaks';
/** Of the operations: one by which each leak is found early. */
const OPERATIONS_SEED = 'leaks';
const OPERATIONS_MAX = 10_000;
/** The leak that is made smaller when it is found: that takes hundreds of requests. */
const SHRUNK: LeakName = 'decision';

const supergraph = await loadSupergraph();
const planting = plantLeaks(supergraph);
let twins: TwinWorlds;
const toldBy = new Map<LeakName, string>();

before(async () => {
  twins = await openTwins(SEED, planting.options);
});
after(() => twins.close());

function run(operations: number, isLeftWhole = true): Promise<CallersResult> {
  return runCallers(twins, {
    ...{ seed: OPERATIONS_SEED, callers: ['anonymous'], operations, supergraph: weak, isLeftWhole },
  });
}

// Operations are drawn from the graph that the gateway serves: one field more is PUBLIC there.
const weak = planting.options.gateway?.supergraph ?? supergraph;

test('nothing is told while every leak is closed', async (t) => {
  const { told } = await run(500);
  assert.equal(told, null, told ?? '');
  t.diagnostic(`500 operations, seed ${OPERATIONS_SEED}`);
});

for (const [leak, meaning] of Object.entries(LEAKS) as [LeakName, string][]) {
  test(`finds that ${meaning}`, async (t) => {
    await planting.open(leak);
    t.after(() => planting.open(null));
    const { told, results } = await run(OPERATIONS_MAX, leak !== SHRUNK);
    assert.ok(told !== null, `not found within ${OPERATIONS_MAX} operations`);
    toldBy.set(leak, told);
    t.diagnostic(`found at operation ${results.get('anonymous')?.asked ?? 0}`);
  });
}

test('shows of what was told the least that still is', () => {
  const told = toldBy.get(SHRUNK) ?? '';
  // Its definitions are parted by empty lines too.
  const query = /\n\n(.*)\n\noperation: /s.exec(told)?.[1] ?? '';
  const leaves: string[] = [];
  visit(parse(query), {
    Field: ({ name, selectionSet }) => {
      if (!selectionSet) leaves.push(name.value);
    },
  });
  assert.deepEqual(leaves, ['score'], told);
});

// Nobody is told anything of what is above it: thousands of random operations by every kind of caller,
// each asked of two worlds that differ in nothing but that, are answered with the same bytes. Any
// number more, with any seed: `npm run noninterference`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadSupergraph } from '../../supergraph/load-supergraph.ts';
import { runCallers, type CallersResult } from './runs/run-callers.ts';
import { CALLER_NAMES } from './worlds/callers.ts';
import { openTwins, type TwinWorlds } from './worlds/twin-worlds.ts';

const OPERATIONS = 20_000;
/** One that has found a leak before. */
const SEED = '2026-11-25';

let twins: TwinWorlds;
let run: CallersResult;

let seconds: number;

before(async () => {
  twins = await openTwins(SEED);
  const started = performance.now();
  run = await runCallers(twins, { seed: SEED, callers: CALLER_NAMES, operations: OPERATIONS });
  seconds = Math.round((performance.now() - started) / 1_000);
});
after(() => twins.close());

test(`nothing of what is above a caller can be told (seed ${SEED})`, (t) => {
  const asked = [...run.results.values()].reduce((sum, result) => sum + result.asked, 0);
  t.diagnostic(
    `${asked} operations of ${CALLER_NAMES.length} callers in ${seconds} s, seed ${SEED}`,
  );
  assert.equal(run.told, null, run.told ?? '');
  assert.ok(asked >= OPERATIONS, String(asked));
});

for (const name of CALLER_NAMES) {
  test(`the operations of ${name} are answered, for the most part with data`, async () => {
    const tally = run.results.get(name)?.tally;
    assert.ok(tally);
    const { asked, answered } = tally.all;
    assert.ok(answered / asked > 0.5, `${answered} of ${asked}`);
    const { schema } = await loadSupergraph();
    const roots = Object.keys(schema.getQueryType()?.getFields() ?? {});
    const open = roots.filter((root) => !isClosedTo(name, root));
    const reached = open.filter((root) => (tally.byRoot.get(root)?.answered ?? 0) > 0);
    assert.ok(reached.length > open.length / 2, `${reached.join()} of ${open.join()}`);
  });

  test(`nothing that ${name} asks is met by a defect of ours`, () => {
    const codes = run.results.get(name)?.tally.byCode;
    assert.equal(codes?.get('INTERNAL_SERVER_ERROR') ?? 0, 0);
    assert.equal(codes?.get('SUBGRAPH_UNAVAILABLE') ?? 0, 0);
    assert.equal(codes?.get('SERVICE_UNAVAILABLE') ?? 0, 0);
  });
}

/** What a caller is refused or has nothing of. */
function isClosedTo(name: string, root: string): boolean {
  const lists = ['applications', 'grants', 'consents'];
  if (root === 'applicationsToDecide') return name !== 'reviewer-tax';
  if (lists.includes(root)) return !['agency', 'agency-other', 'enterprise'].includes(name);
  return root === 'explain';
}

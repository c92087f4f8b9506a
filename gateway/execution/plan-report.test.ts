// The plan of an operation as its caller reads it: each fetch with what it took, and nothing of what
// was not done.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GraphQLDataSource } from '@apollo/gateway';
import { PlanRecording, recordFetches } from './plan-recording.ts';
import { planReport, type OrderStep, type PlannedStep, type PlanStep } from './plan-report.ts';

const ROOT = '{subject(code:$code){__typename code}}';
const ENTITIES = 'query($representations:[_Any!]!){_entities(representations:$representations){x}}';

/** A plan as the planner writes it: a root fetch, then two sectors beside each other. */
function plan(): PlannedStep {
  const fetchOf = (serviceName: string, operation: string, requires?: object[]): PlannedStep =>
    ({ kind: 'Fetch', serviceName, operation, requires }) as unknown as PlannedStep;
  const below = (serviceName: string): PlannedStep => ({
    kind: 'Flatten',
    path: ['subjects', '@'],
    node: fetchOf(serviceName, ENTITIES, [{}]),
  });
  return {
    kind: 'Sequence',
    nodes: [
      fetchOf('registry', ROOT),
      {
        kind: 'Parallel',
        nodes: [
          below('tax'),
          { kind: 'Condition', condition: 'withCourts', ifClause: below('courts') },
        ],
      },
    ],
  };
}

/** Calls a data source as the planner does. */
async function fetchFrom(
  sector: string,
  recording: PlanRecording | undefined,
  call: {
    readonly query: string;
    readonly path: readonly string[];
    readonly codes: readonly string[];
  },
): Promise<void> {
  const source: GraphQLDataSource = {
    process: () => Promise.resolve({ data: { said: '鼎' } }),
  };
  await recordFetches(sector, source).process({
    request: {
      query: call.query,
      variables: call.codes.length > 0 ? { representations: call.codes } : {},
    },
    context: { recording },
    pathInIncomingRequest: call.path,
  } as unknown as Parameters<GraphQLDataSource['process']>[0]);
}

test('tells the order, the objects, the time and the bytes of each fetch', async () => {
  const recording = new PlanRecording({ withCourts: true });
  recording.planned = plan();
  await fetchFrom('registry', recording, { query: ROOT, path: [], codes: [] });
  const path = ['subjects', '@'];
  await fetchFrom('tax', recording, { query: ENTITIES, path, codes: ['a', 'b', 'c'] });
  const report = planReport(recording) as OrderStep;
  const [root, parallel] = report.nodes as [PlanStep, OrderStep];
  assert.ok(root.kind === 'fetch');
  assert.deepEqual(
    [root.sector, root.path, root.subjects, root.bytes, root.operation],
    ['registry', [], null, Buffer.byteLength('{"said":"鼎"}'), ROOT],
  );
  assert.ok(root.startedMs !== null && root.startedMs >= 0 && root.durationMs !== null);
  const [tax, courts] = parallel.nodes;
  assert.ok(tax?.kind === 'flatten' && courts?.kind === 'flatten');
  const [fetched] = tax.nodes;
  assert.ok(fetched?.kind === 'fetch');
  assert.deepEqual([fetched.path, fetched.subjects], [path, 3]);
  const [unneeded] = courts.nodes;
  assert.ok(unneeded?.kind === 'fetch', 'planned, and there was nobody to ask about');
  assert.deepEqual(
    [unneeded.subjects, unneeded.startedMs, unneeded.durationMs, unneeded.bytes],
    [0, null, null, null],
  );
});

test('leaves out the branch of a condition that was not taken', () => {
  const recording = new PlanRecording({ withCourts: false });
  recording.planned = plan();
  assert.doesNotMatch(JSON.stringify(planReport(recording)), /courts/);
});

test('is null where nothing was planned, and records nothing where nobody asks', async () => {
  assert.equal(planReport(new PlanRecording({})), null);
  await fetchFrom('tax', undefined, { query: ROOT, path: [], codes: [] });
});

// What `dev` says of a schema that composes: what `check` would, weighed by the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeSubgraphs, parseSubgraphs } from '../../composition/compose.ts';
import {
  DIRECTORY,
  graphOf as textsOf,
  ports,
  transport,
  type Edits,
} from '../../composition/check/test-sector.ts';
import { graphOf } from '../../composition/published/next-graph.ts';
import type { PublishedGraph } from '../../composition/published/graph-store.ts';
import type { SubgraphText } from '../../composition/subgraph.ts';
import { makeDevGraph, type DevWeights } from './dev-graph.ts';

function published(...edits: Edits): PublishedGraph {
  const texts = textsOf({ transport: transport(...edits), ports: ports() });
  const subgraphs = parseSubgraphs(texts, DIRECTORY);
  return graphOf(subgraphs, composeSubgraphs(subgraphs, DIRECTORY).sdl);
}

function own(...edits: Edits): SubgraphText {
  const [found] = textsOf({ transport: transport(...edits) }).filter(
    ({ name }) => name === 'transport',
  );
  assert.ok(found);
  return found;
}

const WITHOUT_FEE: Edits = [['"Its fee."\n  fee: Money', '']];
const FEE = `${WITHOUT_FEE[0]?.[0] ?? ''} @requiresScopes(scopes: [["credit:agency"]])`;
const STRICT_FEE: Edits = [['"Its fee."\n  fee: Money', FEE]];
const NOTHING: DevWeights = { operations: [], usedSince: '2026-01-01', earlier: [] };

test('tells a breaking change by the operations that are recorded, as check does', () => {
  const made = makeDevGraph(published(), own(...WITHOUT_FEE), []);
  assert.ok(made.graph);
  const asked = { text: '{ transportPermits { nodes { fee { minorUnits } } } }', count: 3 };
  const operations = [{ ...asked, lastUsedOn: '2026-02-01' }];
  const [problem] = made.check({ ...NOTHING, operations });
  assert.equal(problem?.rule, 'contract');
  assert.match(problem.message, /1 recorded operation with 3 requests use it/);
  assert.match(made.check(NOTHING)[0]?.message ?? '', /no recorded operation uses it/);
  assert.match(
    made.check({ ...NOTHING, operations: null })[0]?.message ?? '',
    /no recording says whether it is used/,
  );
});

test('compares a field that comes back with the last published graph that had it', () => {
  const strict = published(...STRICT_FEE);
  const made = makeDevGraph(published(...WITHOUT_FEE), own(), []);
  assert.deepEqual(made.check(NOTHING), []);
  const [problem] = made.check({ ...NOTHING, earlier: [strict] });
  assert.equal(problem?.rule, 'authority');
  assert.match(problem.message, /TransportPermit\.fee is shown to more callers than when last/);
});

test('gives no graph where the schemas do not compose, and says why', () => {
  const { graph, check } = makeDevGraph(published(), own(['fee: Money', 'fee: NoSuch']), []);
  assert.equal(graph, null);
  const [problem] = check(NOTHING);
  assert.equal(problem?.rule, 'composition');
  assert.match(problem.message, /NoSuch/);
});

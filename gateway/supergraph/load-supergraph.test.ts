import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isObjectType } from 'graphql';
import { loadSupergraph, readSupergraph } from './load-supergraph.ts';

test('loads the supergraph of this repository, for the planner without its labels', async () => {
  const supergraph = await loadSupergraph();
  assert.match(supergraph.generation, /^[0-9a-f]{64}$/);
  assert.equal(supergraph.features.requiresScopes, 'requiresScopes');
  assert.doesNotMatch(supergraph.plannerSdl, /requiresScopes/);
  assert.ok(isObjectType(supergraph.schema.getType('Subject')));
});

test('gives another generation to another supergraph', () => {
  const one = readSupergraph('type Query { a: Int }');
  const other = readSupergraph('type Query { a: Int b: Int }');
  assert.notEqual(one.generation, other.generation);
});

test('names a file that is missing', async () => {
  const file = new URL('./missing.graphql', import.meta.url);
  await assert.rejects(loadSupergraph(file), /missing\.graphql cannot be read/);
});

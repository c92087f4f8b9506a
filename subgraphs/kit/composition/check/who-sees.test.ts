// The ready kinds of caller before the fields of a graph, as the policy has it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readGraph } from './graph.ts';
import { READY_PRINCIPALS } from './ready-principals.ts';
import { whoSees } from './who-sees.ts';

const FILE = join(import.meta.dirname, '../../../../gateway/supergraph/supergraph.graphql');
const sights = whoSees(readGraph(readFileSync(FILE, 'utf8')));

function seersOf(coordinate: string): readonly string[] {
  const sight = sights.get(coordinate);
  assert.ok(sight, coordinate);
  return READY_PRINCIPALS.filter((kind) => sight.seenBy.has(kind));
}

test('a field of the root is of no subject: nobody sees it by standing', () => {
  for (const sector of ['tax', 'courts']) {
    assert.deepEqual(seersOf(`Query.${sector}Status`), ['government on duty', 'auditor']);
  }
});

test('a field below a subject is seen by the subject itself as well', () => {
  assert.deepEqual(seersOf('TaxInspection.outcome'), [
    'government on duty',
    'enterprise itself',
    'auditor',
  ]);
  assert.ok(seersOf('TaxCreditRating.score').includes('agency with consent'));
});

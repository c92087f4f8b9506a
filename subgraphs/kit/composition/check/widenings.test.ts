// What of one graph is shown to more callers than of another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, ports, publishedGraph, transport, type Edits } from './test-sector.ts';
import { openedAgain, wideningsBetween, type Widening } from './widenings.ts';

const NOTES = '"Notes."\n  notes: [String!] @requiresScopes(scopes: [["credit:agency"]])';

function graph(edits: Edits): string {
  const { supergraph } = check({ transport: transport(...edits), ports: ports() });
  if (supergraph === null) throw new Error('a graph of the test does not compose');
  return supergraph;
}
const names = (widenings: readonly Widening[]): readonly string[] =>
  widenings.map(({ coordinate }) => coordinate);

test('an older graph opens again what was closed by taking it away', () => {
  const without = graph([[NOTES, '']]);
  const [opened, ...others] = openedAgain(without, publishedGraph());
  assert.deepEqual(others, []);
  assert.equal(opened?.coordinate, 'TransportPermit.notes');
  assert.deepEqual(opened.gains.slice(0, 1), ['agency']);
  assert.deepEqual(openedAgain(publishedGraph(), without), []);
  assert.deepEqual(openedAgain(publishedGraph(), publishedGraph()), []);
});

test('a newer graph widens what it labels less strictly, new fields aside unless they come back', () => {
  const [without, wider] = [graph([[NOTES, '']]), graph([['credit:agency', 'credit:public']])];
  const earlier = [{ generation: 'earlier', supergraph: publishedGraph() }];
  assert.deepEqual(names(wideningsBetween(publishedGraph(), wider, [])), ['TransportPermit.notes']);
  assert.deepEqual(names(wideningsBetween(without, wider, [])), []);
  assert.deepEqual(names(wideningsBetween(without, wider, earlier)), ['TransportPermit.notes']);
  assert.deepEqual(names(wideningsBetween(wider, publishedGraph(), earlier)), []);
});

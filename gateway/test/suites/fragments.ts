// Fragments on an interface, where one of its types stands and where any may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, CODE } from '../graph-under-test.ts';
import type { WholeGraph } from '../open-whole-graph.ts';

/** Tests that the planner loses nothing of them. */
export function testFragments(graph: WholeGraph): void {
  test('answers what stands within an interface within its own type, as without it', async () => {
    const inTax = (selection: string): string =>
      `{ subject(code: "${CODE}") { tax { penalties(first: 2) { nodes { ${selection} } } } } }`;
    const plain = await ask(graph, inTax('severity facts'));
    assert.match(plain.text, /"severity":"[A-Z]+"/);
    for (const selection of [
      '... on CreditRecord { ... on TaxPenalty { severity facts } }',
      '... on CreditRecord { ... on CreditRecord { ... on TaxPenalty { severity } } } facts',
    ]) {
      assert.deepEqual((await ask(graph, inTax(selection))).body, plain.body, selection);
    }
    const fragment = `${inTax('...R')} fragment R on CreditRecord { ... on TaxPenalty { severity facts } }`;
    assert.deepEqual((await ask(graph, fragment)).body, plain.body);
    const ofChanges = (selection: string): string =>
      `{ taxChanges(first: 100) { nodes { record { ${selection} } } } }`;
    const changes = await ask(graph, ofChanges('id ... on TaxArrearsNotice { period }'));
    assert.match(changes.text.slice(0, 1_000), /"period":"\d{4}/);
    const within = '... on CreditRecord { id ... on TaxArrearsNotice { period } }';
    assert.deepEqual((await ask(graph, ofChanges(within))).body, changes.body);
  });
}

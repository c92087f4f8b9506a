// `Credit-Plan: include` over HTTP: the plan stands beside the answer of what may be asked, and nowhere
// else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, CODE, startFixtureGraph, type HttpAnswer } from './graph-under-test.ts';

const HEADER = { 'credit-plan': 'include' };
const QUERY = `{ subject(code: "${CODE}") { code name __typename } }`;

interface Extended {
  readonly extensions?: { readonly plan: unknown };
}

const planOf = ({ body }: HttpAnswer): unknown => (body as Extended).extensions?.plan;

test('the plan is told to who asks for it, of an operation that may be asked', async (t) => {
  const graph = await startFixtureGraph(t);
  const plain = await ask(graph, QUERY);
  assert.equal('extensions' in plain.body, false);
  const told = await ask(graph, QUERY, {}, HEADER);
  assert.deepEqual(told.body.data, plain.body.data);
  assert.match(JSON.stringify(planOf(told)), /"kind":"fetch","sector":"registry"/);
  assert.equal(planOf(await ask(graph, '{ __typename }', {}, HEADER)), null, 'nothing was planned');
  const wrong = await ask(graph, QUERY, {}, { 'credit-plan': 'yes' });
  assert.deepEqual([wrong.status, 'data' in wrong.body], [400, false]);
  for (const refused of ['{ nothing }', 'query ($a: Int!) { __typename }', '{']) {
    const answer = await ask(graph, refused, {}, HEADER);
    assert.ok(answer.body.errors);
    assert.equal('extensions' in answer.body, false, refused);
  }
});

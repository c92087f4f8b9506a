// What an anonymous caller may not see is refused whole, by name, before any sector is asked; or
// left out on request.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { ask, assertRefused, CODE, codesOf, send, startFixtureGraph } from './graph-under-test.ts';

const graph = await startFixtureGraph({ after });
const { fixture } = graph;
const FILTER = { 'credit-unauthorized': 'filter' };

beforeEach(() => {
  fixture.fetched.length = 0;
});

function inTax(selection: string): string {
  return `{ subject(code: "${CODE}") { name tax { ${selection} } } }`;
}

const REFUSED: readonly { name: string; query: string; coordinates: string[] }[] = [
  {
    name: 'a field above the caller',
    query: inTax('secret'),
    coordinates: ['TaxSection.secret'],
  },
  { name: 'a field without a label', query: '{ forgotten }', coordinates: ['Query.forgotten'] },
  {
    name: 'a field under an alias and in a reused fragment',
    query: `
      { a: subject(code: "${CODE}") { ...F } b: subject(code: "${CODE}") { ...F } }
      fragment F on Subject { tax { hidden: secret } }`,
    coordinates: ['TaxSection.secret', 'TaxSection.secret'],
  },
  {
    name: 'a field that is skipped',
    query: inTax('secret @skip(if: true) inspections @include(if: false) { id }'),
    coordinates: ['TaxSection.secret', 'TaxSection.inspections'],
  },
  {
    name: 'a field deep in a connection',
    query: inTax('penalties { edges { node { score } } }'),
    coordinates: ['TaxPenalty.score'],
  },
  {
    name: 'a fragment on a type that a record could be',
    query: inTax('latest { id ... on TaxInspection { facts } }'),
    coordinates: ['TaxInspection.facts'],
  },
];

for (const { name, query, coordinates } of REFUSED) {
  test(`refuses ${name}, before any fetch`, async () => {
    const answer = await ask(graph, query);
    assertRefused(answer, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
    const named = answer.body.errors?.map(({ extensions }) => extensions['coordinate']);
    assert.deepEqual(named, coordinates);
    assert.equal(fixture.fetched.length, 0);
  });
}

test('names path, class, sector and the way to be allowed', async () => {
  const { body } = await ask(graph, inTax('penalties { nodes { s: score } }'));
  assert.deepEqual(body.errors, [
    {
      message: 'You may not see TaxPenalty.score: it needs AUTHORISED.',
      path: ['subject', 'tax', 'penalties', 'nodes', 's'],
      extensions: {
        code: 'UNAUTHORIZED_FIELD_OR_TYPE',
        coordinate: 'TaxPenalty.score',
        class: 'AUTHORISED',
        sector: 'tax',
        path: 'subject.tax.penalties.nodes.s',
        hint: "Ask as an agency that holds the subject's consent for the purpose.",
      },
    },
  ]);
});

test('answers 403 unless application/json is asked for by name', async () => {
  const statusFor = async (accept: string): Promise<number> =>
    (await ask(graph, inTax('secret'), {}, { accept })).status;
  assert.equal(await statusFor('application/graphql-response+json'), 403);
  assert.equal(await statusFor('*/*'), 403);
  assert.equal(await statusFor('application/json'), 200);
  assert.equal(await statusFor('application/graphql-response+json, application/json;q=0.9'), 403);
});

test('does not refuse an interface for what only another type of record asks', async () => {
  const answer = await ask(graph, inTax('latest { id ... on TaxPenalty { amount } }'));
  assert.deepEqual(codesOf(answer), []);
});

test('answers the rest on request, with the same errors beside it', async () => {
  const query = `query Q($skip: Boolean!) {
    subject(code: "${CODE}") {
      name
      tax { secret penalties(first: 1) { nodes { amount score @skip(if: $skip) } } }
    }
    forgotten
  }`;
  const refused = await ask(graph, query, { skip: false });
  assertRefused(refused, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
  const answer = await ask(graph, query, { skip: false }, FILTER);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body.data, {
    subject: { name: 'Subject 2Q8J', tax: { penalties: { nodes: [{ amount: 100 }] } } },
  });
  assert.deepEqual(answer.body.errors, refused.body.errors);
  assert.ok(fixture.fetched.every((fetch) => !/secret|score|forgotten/.test(fetch.query)));
});

test('asks for no value of what is left out, and weighs only the rest', async () => {
  const query = `query Q($code: CreditCode!, $many: Int!) {
    subject(code: $code) { name tax { inspections(first: $many) { id } } }
  }`;
  for (const many of ['none of your numbers', 1_000, -1, null]) {
    const answer = await ask(graph, query, { code: CODE, many }, FILTER);
    assert.deepEqual(answer.body.data, { subject: { name: 'Subject 2Q8J' } }, String(many));
    assert.deepEqual(codesOf(answer), ['UNAUTHORIZED_FIELD_OR_TYPE']);
  }
  const answer = await ask(graph, query, { code: 'none', many: 1 }, FILTER);
  assert.deepEqual(codesOf(answer), ['BAD_USER_INPUT'], 'what is asked is still checked');
});

test('keeps a plan for the rest apart from the plan for the whole', async () => {
  const query = inTax('coverage { status } secret');
  for (let i = 0; i < 2; i += 1) {
    assertRefused(await ask(graph, query), 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
    const { body } = await ask(graph, query, {}, FILTER);
    assert.equal(body.errors?.length, 1);
    assert.deepEqual(body.data, {
      subject: { name: 'Subject 2Q8J', tax: { coverage: { status: 'CHECKED' } } },
    });
  }
});

test('refuses whole where nothing is left, and a header it does not know', async () => {
  const answer = await ask(graph, '{ forgotten }', {}, FILTER);
  assertRefused(answer, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
  const other = await ask(graph, '{ __typename }', {}, { 'credit-unauthorized': 'ignore' });
  assertRefused(other, 400, 'BAD_REQUEST');
});

test('refuses by GET as by POST', async () => {
  const suffix = `?query=${encodeURIComponent(inTax('secret'))}`;
  assertRefused(await send(graph, {}, suffix), 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
});

test('hides the entry points of Federation', async () => {
  for (const query of [
    '{ _service { sdl } }',
    '{ _entities(representations: []) { __typename } }',
  ]) {
    assertRefused(await ask(graph, query), 400, 'GRAPHQL_VALIDATION_FAILED');
  }
  const { text } = await ask(graph, '{ __schema { types { name } directives { name } } }');
  assert.doesNotMatch(text, /join__|link__|requiresScopes|_Any/);
});

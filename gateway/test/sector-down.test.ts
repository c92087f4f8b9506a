// One sector is gone: the others answer as if nothing had happened, and nothing that was not looked
// at looks like "none".
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import {
  ask,
  assertNothingOfOurs,
  CODE,
  codesOf,
  OTHER_CODE,
  startFixtureGraph,
} from './graph-under-test.ts';

const graph = await startFixtureGraph({ after });
const { fixture } = graph;

afterEach(async () => {
  for (const name of ['registry', 'tax', 'courts'] as const) {
    await fixture.kill(name);
    await fixture.revive(name);
  }
});

const COVERAGE = 'coverage { status upToClass checkedAt higherClassesExist }';
const UNAVAILABLE = {
  status: 'UNAVAILABLE',
  upToClass: null,
  checkedAt: null,
  higherClassesExist: true,
};
const REPORT = `query ($code: CreditCode!) {
  subject(code: $code) {
    name
    tax { ${COVERAGE} penalties { totalCount } }
    courts { coverage { status } note }
  }
}`;

test('answers every section while every sector is there', async () => {
  const { body } = await ask(graph, REPORT, { code: CODE });
  assert.equal(body.errors, undefined);
  const subject = body.data?.['subject'] as Record<string, Record<string, unknown>>;
  assert.deepEqual(subject['tax']?.['penalties'], { totalCount: 3 });
});

test('says UNAVAILABLE of a sector that is gone, with one error, and answers the rest', async () => {
  await fixture.kill('tax');
  const answer = await ask(graph, REPORT, { code: CODE });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body.data, {
    subject: {
      name: 'Subject 2Q8J',
      tax: { coverage: UNAVAILABLE, penalties: null },
      courts: { coverage: { status: 'CHECKED' }, note: 'nothing special' },
    },
  });
  assert.deepEqual(answer.body.errors, [
    {
      message: 'The sector tax did not answer; what it holds was not looked at.',
      path: ['subject', 'tax'],
      extensions: {
        code: 'SUBGRAPH_UNAVAILABLE',
        hint: 'Read coverage: UNAVAILABLE as unknown, never as none; ask again later.',
        sector: 'tax',
      },
    },
  ]);
  assertNothingOfOurs(answer);
});

test('answers again once the sector is back', async () => {
  const { body } = await ask(graph, REPORT, { code: CODE });
  assert.equal(body.errors, undefined);
});

test('says UNAVAILABLE of each of several subjects, with one error', async () => {
  await fixture.kill('tax');
  const answer = await ask(
    graph,
    `query ($codes: [CreditCode!]!) {
      all: subjects(codes: $codes) { code ...T c: courts { note } }
    }
    fragment T on Subject { t: tax { k: __typename c: ${COVERAGE} } }`,
    { codes: [CODE, OTHER_CODE, CODE] },
  );
  const tax = { k: 'TaxSection', c: UNAVAILABLE };
  const rest = { t: tax, c: { note: 'nothing special' } };
  assert.deepEqual(answer.body.data, {
    all: [
      { code: CODE, ...rest },
      { code: OTHER_CODE, ...rest },
      { code: CODE, ...rest },
    ],
  });
  assert.deepEqual(codesOf(answer), ['SUBGRAPH_UNAVAILABLE']);
  assert.deepEqual(answer.body.errors?.[0]?.path, ['all']);
});

test('nulls root fields of a sector that is gone, each with its error', async () => {
  await fixture.kill('tax');
  const answer = await ask(
    graph,
    `{ p: taxPenalties { totalCount } taxArrears subject(code: "${CODE}") { name } }`,
  );
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body.data, {
    p: null,
    taxArrears: null,
    subject: { name: 'Subject 2Q8J' },
  });
  assert.deepEqual(
    answer.body.errors?.map(({ path, extensions }) => [path, extensions['code']]),
    [
      [['p'], 'SUBGRAPH_UNAVAILABLE'],
      [['taxArrears'], 'SUBGRAPH_UNAVAILABLE'],
    ],
  );
});

test('is ready without a sector, and not without the registry', async () => {
  const ready = (): Promise<Response> => fetch(new URL('/health/ready', graph.url));
  await fixture.kill('tax');
  assert.equal((await ready()).status, 200);
  await fixture.kill('registry');
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const response = await ready();
  assert.equal(response.status, 503);
  const { status, missing } = (await response.json()) as { status: string; missing: string[] };
  assert.deepEqual([status, missing], ['not ready', ['graph']]);
  assert.ok(Number(response.headers.get('retry-after')) > 0);
  const live = await fetch(new URL('/health/live', graph.url));
  assert.deepEqual(await live.json(), { status: 'live' });
});

test('withholds what a sector says of its own defect, and passes what is meant for callers', async () => {
  const query = `{ subject(code: "${CODE}") { tax {
    mine: fault(kind: "public") theirs: fault(kind: "internal")
  } } }`;
  const answer = await ask(graph, query, {}, { 'x-request-id': 'request-of-test' });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body.data, { subject: { tax: { mine: null, theirs: null } } });
  assert.deepEqual(answer.body.errors, [
    {
      message: 'This is meant for callers.',
      path: ['subject', 'tax', 'mine'],
      extensions: {
        code: 'BAD_USER_INPUT',
        hint: 'Correct the value that the error names.',
        sector: 'tax',
      },
    },
    {
      message: 'An internal error occurred.',
      path: ['subject', 'tax', 'theirs'],
      extensions: {
        code: 'INTERNAL_SERVER_ERROR',
        hint: 'Report the request id to the operator.',
        sector: 'tax',
        requestId: 'request-of-test',
      },
    },
  ]);
  assertNothingOfOurs(answer);
  assert.ok(fixture.fetched.every(({ requestId }) => requestId !== undefined));
  assert.equal(fixture.fetched.at(-1)?.requestId, 'request-of-test');
});

// Attacks on the running graph over HTTP. Each was a real hole in a shipped router, or is one; where
// each of the list is met stands in README.md.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { encodeCursor } from '../../../subgraphs/kit/database/cursor.ts';
import { createRandom } from '../../../subgraphs/kit/samples/random.ts';
import { loadSupergraph } from '../../supergraph/load-supergraph.ts';
import { askRaw, assertRefused, codesOf, type HttpAnswer } from '../graph-under-test.ts';
import { CALLER_NAMES, callerOf, type CallerName } from '../noninterference/worlds/callers.ts';
import { phaseOn } from '../noninterference/worlds/record-phase.ts';
import { TODAY, textOf, type Row } from '../noninterference/worlds/world.ts';
import { fieldsAbove } from '../walls/fields-above.ts';
import { openAttackedGraph, type AttackedGraph } from './attacked-graph.ts';

const { schema } = await loadSupergraph();
let graph: AttackedGraph;
/** Subjects of which the agency has consents in the tax sector, and one of which it has none. */
let consented: string;
let other: string;

before(async () => {
  graph = await openAttackedGraph('attacks');
  const openings = graph.held.world.access.get('access_openings') ?? [];
  const codes = openings
    .filter(
      (row) =>
        row['kind'] === 'CONSENT' &&
        row['sector'] === 'tax' &&
        row['organisation'] === 'agency-north' &&
        row['purpose'] === 'CREDIT_REPORT',
    )
    .map((row) => textOf(row, 'subject_code'));
  const rated = (graph.held.world.records.get('tax.credit_ratings') ?? [])
    .filter((row) => row['superseded_at'] === null && isPublicNow(row))
    .map((row) => textOf(row, 'subject_code'));
  consented = rated.find((code) => codes.includes(code)) ?? '';
  other = rated.find((code) => !codes.includes(code)) ?? '';
  assert.ok(consented !== '' && other !== '');
});
after(() => graph.held.close());

function isPublicNow(row: Row): boolean {
  return row['disclosure_class'] === 'PUBLIC' && phaseOn(row, TODAY) === 'DISPLAYED';
}

const SCORES = `query ($codes: [CreditCode!]!) {
  subjects(codes: $codes) { code constructor: tax { ...R valueOf: creditRatings { edges { ...E } } } } }
  fragment R on TaxSection { creditRatings { totalCount nodes { ratingYear toString: score } } }
  fragment E on TaxCreditRatingEdge { node { ... on CreditRecord { id } ... on TaxCreditRating { score } } }`;

interface Rating {
  readonly ratingYear: number;
  readonly toString: number | null;
}

interface Scores {
  readonly subjects: readonly {
    readonly constructor: {
      readonly creditRatings: { readonly totalCount: number; readonly nodes: readonly Rating[] };
      readonly valueOf: { readonly edges: readonly { readonly node: { score: number | null } }[] };
    };
  }[];
}

test('a standing over one subject opens nothing of another, under any alias or fragment', async () => {
  for (const codes of [
    [consented, other],
    [other, consented],
  ]) {
    const { body, text } = await graph.askAs('agency', SCORES, { codes });
    const { subjects } = body.data as unknown as Scores;
    assert.equal(subjects.length, 2);
    for (const [at, code] of codes.entries()) {
      const { creditRatings, valueOf } = subjects[at]?.['constructor'] ?? assert.fail(text);
      assert.ok(creditRatings.nodes.length > 0);
      const all = [
        ...creditRatings.nodes.map((node) => node['toString']),
        ...valueOf.edges.map(({ node }) => node.score),
      ];
      if (code === other) assert.ok(all.every((score) => score === null));
      // What stands beside what is refused stays: nothing is nulled by it.
      assert.ok(creditRatings.nodes.every((node) => Number.isInteger(node.ratingYear)));
      assert.ok(creditRatings.totalCount >= creditRatings.nodes.length);
    }
    const refusals = body.errors ?? [];
    assert.ok(refusals.length > 0);
    for (const { path, extensions } of refusals) {
      assert.equal(extensions['code'], 'UNAUTHORIZED_FIELD_OR_TYPE');
      assert.equal(extensions['coordinate'], 'TaxCreditRating.score');
      assert.equal(path?.[1], codes.indexOf(other));
    }
  }
});

test('a fragment on a type that a record could be needs what that type needs', async () => {
  const query = `{ taxChanges(first: 100) { nodes { record { id __typename
    ... on CreditRecord { ... on TaxInspection { facts } } } } } }`;
  for (const caller of ['anonymous', 'agency-other'] as const) {
    graph.counted();
    const answer = await graph.askAs(caller, query);
    assertRefused(answer, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
    assert.ok(named(answer).includes('TaxInspection.facts'), answer.text);
    assert.deepEqual(graph.counted(), { fetches: 0, statements: 0 });
  }
  const { text } = await graph.askAs(
    'agency-other',
    query.replace('... on TaxInspection { facts }', 'id'),
  );
  assert.match(text, /"__typename":"TaxPenalty"/);
  assert.doesNotMatch(text, /TaxInspection/, 'rows of a hidden type do not show by their name');
});

function named({ body }: HttpAnswer): unknown[] {
  return (body.errors ?? []).map(({ extensions }) => extensions['coordinate']);
}

test('a locked field is refused whatever the variable of @skip or @include says', async () => {
  const query = `query ($code: CreditCode!, $no: Boolean!) { subject(code: $code) { name tax {
    creditRatings { nodes { score @skip(if: $no) directGround @include(if: $no) } } } } }`;
  for (const no of [true, false]) {
    graph.counted();
    const answer = await graph.askAs('registered', query, { code: consented, no });
    assertRefused(answer, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
    assert.deepEqual(named(answer).sort(), [
      'TaxCreditRating.directGround',
      'TaxCreditRating.score',
    ]);
    assert.deepEqual(graph.counted(), { fetches: 0, statements: 0 });
  }
});

test('a refusal reads nothing, so that neither its words nor its time can tell of a row', async () => {
  let refused = 0;
  for (const caller of CALLER_NAMES) {
    for (const { query } of fieldsAbove(schema)) {
      graph.counted();
      const answer = await graph.askAs(caller, query, { code: consented });
      const counts = graph.counted();
      if (answer.status !== 403) continue;
      refused += 1;
      assert.deepEqual(counts, { fetches: 0, statements: 0 }, `${caller} ${query}`);
    }
  }
  assert.ok(refused > 3 * fieldsAbove(schema).length, String(refused));
});

test('a batch is refused whole, also where each of its operations could be asked', async () => {
  const batch = [{ query: '{ me { tier } }' }, { query: '{ taxPenalties { nodes { facts } } }' }];
  graph.counted();
  const answer = await askRaw({ url: graph.url }, JSON.stringify(batch));
  assertRefused(answer, 400, 'BATCHING_NOT_SUPPORTED');
  assert.deepEqual(graph.counted(), { fetches: 0, statements: 0 });
});

test('the entry points of Federation are closed at the gateway, to whomever', async () => {
  for (const caller of CALLER_NAMES) {
    for (const query of [
      '{ _service { sdl } }',
      `{ _entities(representations: [{ __typename: "Subject", code: "${consented}" }]) {
         ... on Subject { tax { inspections { totalCount } } } } }`,
    ]) {
      assertRefused(await graph.askAs(caller, query), 400, 'GRAPHQL_VALIDATION_FAILED');
    }
  }
});

test('a text that several callers ask, in turn and at once, is answered to each as to it alone', async () => {
  const codes = [consented, other];
  const requests = CALLER_NAMES.flatMap((caller) =>
    [
      SCORES,
      `query ($codes: [CreditCode!]!) { subjects(codes: $codes) { name tax { coverage { upToClass }
         penalties(first: 50) { totalCount nodes { id version disclosureClass history { version } } } } } }`,
      `query ($codes: [CreditCode!]!) { subjects(codes: $codes) { code } courtChanges(first: 50) {
         endCursor nodes { kind record { id version } } } me { tier roles } }`,
    ].flatMap((query) =>
      ['refuse', 'filter'].map((mode) => ({
        caller,
        query,
        headers: {
          'x-request-id': 'the-same-for-all',
          ...(mode === 'filter' && { 'credit-unauthorized': 'filter' }),
        },
      })),
    ),
  );
  const askOne = async ({ caller, query, headers }: (typeof requests)[number]): Promise<string> => {
    const { status, text } = await graph.askAs(caller, query, { codes }, headers);
    return `${status} ${text}`;
  };
  const alone = new Map<(typeof requests)[number], string>();
  for (const request of requests) alone.set(request, await askOne(request));
  assert.ok(new Set(alone.values()).size > CALLER_NAMES.length);
  const random = createRandom('at once');
  for (let round = 0; round < 4; round += 1) {
    const mixed = random.fork(round).shuffle(requests);
    const told = await Promise.all(mixed.map(askOne));
    for (const [at, request] of mixed.entries()) assert.equal(told[at], alone.get(request));
  }
});

interface Listed {
  readonly taxPenalties: {
    readonly totalCount: number;
    readonly edges: readonly { readonly cursor: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  };
}

test('a cursor made up for a hidden record leads where one for no record would', async () => {
  const query = `query ($after: String) { taxPenalties(first: 100, after: $after) {
    totalCount edges { cursor } pageInfo { hasNextPage } } }`;
  const listed = async (
    caller: CallerName,
    after: string | null,
  ): Promise<Listed['taxPenalties']> => {
    const { body, text } = await graph.askAs(caller, query, { after });
    return (body.data as unknown as Listed | undefined)?.taxPenalties ?? assert.fail(text);
  };
  const positionOf = (cursor: string): string =>
    Buffer.from(cursor, 'base64url').toString().replace('TaxPenalty ', '');
  const all = await listed('anonymous', null);
  const shown = all.edges.map(({ cursor }) => positionOf(cursor));
  assert.equal(all.totalCount, shown.length);
  assert.deepEqual(shown, [...shown].sort().reverse());
  const rows = graph.held.world.records.get('tax.penalties') ?? [];
  const hidden = rows.filter((row) => row['superseded_at'] === null && !isPublicNow(row));
  assert.ok(hidden.length > 10);
  for (const row of hidden) {
    const position = { sortDate: textOf(row, 'sort_date'), recordId: textOf(row, 'record_id') };
    const place = `${position.sortDate} ${position.recordId}`;
    assert.ok(!shown.includes(place));
    const page = await listed('anonymous', encodeCursor('TaxPenalty', position));
    assert.equal(page.totalCount, all.totalCount);
    assert.deepEqual(
      page.edges.map(({ cursor }) => positionOf(cursor)),
      shown.filter((one) => one < place),
    );
  }
  const ofAuditor = await listed('auditor', null);
  assert.ok(ofAuditor.totalCount > all.totalCount);
});

test('nothing is polluted by names that objects have', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = `{"query":"query ($x: Boolean = false) { me { tier roles purpose } a: me @skip(if: $x) { tier } }",
    "variables":{"__proto__":{"tier":"GOVERNMENT","x":true},"constructor":{"prototype":{"roles":["AUDITOR"]}}},
    "__proto__":{"operationName":"Other"}}`;
  const me = { tier: 'ANONYMOUS', roles: [], purpose: null };
  for (let time = 0; time < 2; time += 1) {
    const answer = await askRaw({ url: graph.url }, body, headers);
    assert.deepEqual(answer.body.data, { me, a: { tier: 'ANONYMOUS' } }, answer.text);
  }
  const polluted: Readonly<Record<string, unknown>> = {};
  for (const name of ['tier', 'roles', 'x', 'operationName'])
    assert.equal(polluted[name], undefined);
  const aliases = `{ hasOwnProperty: me { toString: tier } then: me { constructor: roles } }`;
  assert.equal(
    (await graph.askAs('anonymous', aliases)).text,
    '{"data":{"hasOwnProperty":{"toString":"ANONYMOUS"},"then":{"constructor":[]}}}',
  );
  assert.deepEqual(codesOf(await graph.askAs('anonymous', '{ __proto__: me { tier } }')), [
    'GRAPHQL_VALIDATION_FAILED',
  ]);
});

test('a purpose is what the caller states now, and nobody is asked for without one', async () => {
  const { authorization = '' } = await graph.held.headersOf(callerOf('agency'));
  const query = SCORES;
  const variables = { codes: [consented] };
  const stated = await graph.askAs('agency', query, variables);
  assert.equal(stated.status, 200);
  const unstated = await graph.askAs('anonymous', query, variables, { authorization });
  assert.equal(unstated.status, 403);
  const otherwise = await graph.askAs('anonymous', query, variables, {
    authorization,
    'credit-purpose': 'CREDIT_DECISION',
  });
  assert.doesNotMatch(otherwise.text, /"(score|toString)":\d/);
  const forbidden = await graph.askAs('anonymous', query, variables, {
    authorization,
    'credit-purpose': 'AUDIT',
  });
  assertRefused(forbidden, 403, 'PURPOSE_FORBIDDEN');
});

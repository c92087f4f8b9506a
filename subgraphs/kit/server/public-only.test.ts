// What a caller without a credential learns from a subgraph past the gateway. Two databases hold the
// same public rows and differ in everything above: every answer, to the byte, must be the same.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sector } from '../../tax/sector.ts';
import { ENVELOPE_HEADER } from '../authority/envelope.ts';
import { testEnvelope } from '../conformance/test-envelope.ts';
import { openTestSector, type TestSector } from '../conformance/test-sector.ts';
import { encodeCursor } from '../database/cursor.ts';
import { A, B, insertTaxRow } from '../database/test-tax-rows.ts';
import type { Json } from './test/test-subgraph.ts';

const NOW = new Date('2026-07-01T04:00:00Z');

let plain: TestSector;
let laden: TestSector;

const penalty = { record_id: 'p1', facts: 'as published' };
const rating = { record_id: 'g1' };
const superseded = { superseded_at: '2026-03-01T00:00:00Z' };
const second = { version: 2, recorded_at: superseded.superseded_at };

/** Rows that both databases hold. */
const PUBLIC_ROWS: readonly (readonly [string, object])[] = [
  ['penalties', penalty],
  ['penalties', { ...penalty, record_id: 'p2', sort_date: '2026-02-01', ...second }],
  ['penalties', { ...penalty, record_id: 'p3', sort_date: '2026-03-01', subject_code: B }],
  ['credit_ratings', rating],
];

/** Rows that one of them holds as well; nothing of these may be seen, counted or guessed. */
const HIDDEN_ROWS: readonly (readonly [string, object])[] = [
  ...['REGISTERED', 'AGENCY', 'AUTHORISED', 'GOVERNMENT', 'SPECIAL'].map(
    (disclosure_class, at) =>
      [
        'penalties',
        {
          ...penalty,
          record_id: `s${at}`,
          disclosure_class,
          facts: 'SECRET',
          sort_date: '2026-02-02',
        },
      ] as const,
  ),
  ['penalties', { ...penalty, record_id: 's5', state: 'REPAIRED', facts: 'SECRET' }],
  ['penalties', { ...penalty, record_id: 's6', display_until: '2026-06-30', facts: 'SECRET' }],
  ['penalties', { ...penalty, record_id: 's7', display_from: '2026-07-02', facts: 'SECRET' }],
  // An earlier version of a public record, from the time when it was classified higher.
  [
    'penalties',
    { ...penalty, record_id: 'p2', disclosure_class: 'AGENCY', facts: 'SECRET', ...superseded },
  ],
  // A record that was public and no longer is: its past is gone with it.
  ['penalties', { ...penalty, record_id: 's8', facts: 'SECRET', ...superseded }],
  ['penalties', { ...penalty, record_id: 's8', disclosure_class: 'SPECIAL', ...second }],
  [
    'credit_ratings',
    { ...rating, record_id: 'g2', grade: 'D', rating_year: 2024, disclosure_class: 'AUTHORISED' },
  ],
  ['inspections', { record_id: 'i1', inspection_number: 'SECRET', disclosure_class: 'GOVERNMENT' }],
];

async function insert(to: TestSector, rows: typeof PUBLIC_ROWS): Promise<void> {
  for (const [table, values] of rows) await insertTaxRow(to.pool, table, A, 'r1', { ...values });
}

before(async () => {
  const now = (): Date => NOW;
  [plain, laden] = await Promise.all([
    openTestSector(sector, { now }),
    openTestSector(sector, { now }),
  ]);
  await Promise.all([insert(plain, PUBLIC_ROWS), insert(laden, PUBLIC_ROWS)]);
  await insert(laden, HIDDEN_ROWS);
  // What a public row holds in a field above the caller differs, too.
  await laden.pool.query(`update credit_ratings set score = 99.5, direct_ground = 'OTHER'`);
});

after(() => Promise.all([plain.close(), laden.close()]));

async function ask(document: string, variables: object = {}): Promise<Json> {
  const texts = await Promise.all(
    [plain, laden].map(async ({ url }) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [ENVELOPE_HEADER]: await testEnvelope(sector.name),
        },
        body: JSON.stringify({ query: document, variables }),
      });
      return `${response.status} ${await response.text()}`;
    }),
  );
  assert.equal(texts[1], texts[0]);
  assert.doesNotMatch(texts[1] ?? '', /SECRET/);
  return JSON.parse((texts[1] ?? '').slice(4));
}

const RECORD = `id version disclosureClass state stateReason dispute recordedAt supersededAt
  subject { code } source { publisher documentNumber } clocks { display { from until } }`;
const PENALTIES = `{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  edges { cursor } nodes { ${RECORD} facts fine { minorUnits } history { ${RECORD} facts } } }`;

async function ofSubject(selection: string, variables: object = {}): Promise<Json> {
  const document = `query ($r: [_Any!]!, $asOf: Date) {
    _entities(representations: $r) { ... on Subject { tax(asOf: $asOf) ${selection} } } }`;
  return ask(document, { r: [{ __typename: 'Subject', code: A }], ...variables });
}

test('the same section, page by page, with counts, cursors and history', async () => {
  const answer = await ofSubject(`{ coverage { status upToClass higherClassesExist }
    penalties ${PENALTIES} one: penalties(first: 1) ${PENALTIES} none: penalties(first: 0) ${PENALTIES}
    creditRatings { totalCount nodes { ratingYear grade } } }`);
  const { tax } = answer.data._entities[0];
  assert.equal(tax.penalties.totalCount, 2);
  assert.deepEqual(
    tax.penalties.nodes.map((node: { id: string }) => node.id),
    ['p2', 'p1'],
  );
  assert.deepEqual(tax.penalties.nodes[0].history, []);
  assert.equal(tax.one.pageInfo.hasNextPage, true);
  assert.equal(tax.creditRatings.totalCount, 1);
});

test('the same after a cursor that was made up for the place of a hidden row', async () => {
  for (const recordId of ['s0', 's4', 's9', 'zzz']) {
    const after = encodeCursor('TaxPenalty', { sortDate: '2026-02-02', recordId });
    const { data } = await ofSubject(`{ penalties(after: "${after}", first: 1) ${PENALTIES} }`);
    assert.equal(data._entities[0].tax.penalties.nodes[0].id, 'p2');
  }
});

test('the same at every day of the past, and a refusal for tomorrow', async () => {
  for (const asOf of ['2025-12-31', '2026-01-10', '2026-02-28', '2026-03-01', '2026-07-01']) {
    await ofSubject(`{ penalties ${PENALTIES} }`, { asOf });
  }
  const { errors } = await ofSubject(`{ penalties ${PENALTIES} }`, { asOf: '2026-07-02' });
  assert.equal(errors[0].extensions.code, 'BAD_USER_INPUT');
});

test('the same listing of all subjects, whatever it is narrowed to', async () => {
  const { data } = await ask(`{ taxPenalties ${PENALTIES}
    later: taxPenalties(decidedFrom: "2026-01-01") ${PENALTIES} }`);
  assert.equal(data.taxPenalties.totalCount, 3);
  await ofSubject('{ creditRatings(yearFrom: 2024, yearTo: 2024) { totalCount nodes { grade } } }');
});

test('the same through fragments on the interface of all records', async () => {
  const document = `{ taxChanges(first: 100) { endCursor hasNextPage nodes { kind
    record { ...R ... on TaxPenalty { facts } ... on TaxInspection { inspectionNumber } }
    previous { ...R } } } } fragment R on CreditRecord { __typename ${RECORD} }`;
  const { data, errors } = await ask(document);
  assert.equal(errors, undefined);
  assert.deepEqual(
    data.taxChanges.nodes.map(({ record }: Json) => `${record.id} ${record.version}`),
    ['g1 1', 'p1 1', 'p3 1', 'p2 1'],
    'a version that may not be seen is not counted',
  );
});

test('the same refusal of fields above the caller, with and without rows below', async () => {
  const { data, errors } = await ofSubject(`{ creditRatings { nodes { ratingYear score grade: score
    directGround } } inspections { totalCount nodes { inspectionNumber } } }`);
  const codes = errors.map((error: Json) => [error.extensions.code, error.extensions.coordinate]);
  assert.deepEqual(
    new Set(codes.map(String)),
    new Set([
      'UNAUTHORIZED_FIELD_OR_TYPE,TaxCreditRating.score',
      'UNAUTHORIZED_FIELD_OR_TYPE,TaxCreditRating.directGround',
      'UNAUTHORIZED_FIELD_OR_TYPE,TaxSection.inspections',
    ]),
  );
  assert.deepEqual(data._entities[0].tax.creditRatings.nodes, [
    { ratingYear: 2025, score: null, grade: null, directGround: null },
  ]);
});

test('no record by its own name: only subjects are entities', async () => {
  for (const __typename of ['TaxInspection', 'TaxPenalty', 'CreditRecord', 'Query', 'Nothing', 7]) {
    const { data, errors } = await ask(
      `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Subject { code } } }`,
      { r: [{ __typename, id: 'p1', code: A, facts: 'x', disclosureClass: 'PUBLIC' }] },
    );
    assert.equal(data, null);
    assert.equal(errors[0].extensions.code, 'BAD_USER_INPUT');
  }
});

test('of a representation only its code is taken, checked and normalised', async () => {
  const document = `query ($r: [_Any!]!) { _entities(representations: $r) {
    ... on Subject { code tax { penalties { totalCount } } } } }`;
  const of = (code: unknown): object => ({
    __typename: 'Subject',
    code,
    tax: { code: B, asOf: null },
    viewer: { classes: ['SPECIAL'] },
  });
  const bad = ['', `${A}0`, 'x'.repeat(100_000), `${A.slice(0, 17)}\0`, { toString: A }, [A], null];
  const codes = [A, ` ${A.toLowerCase()} `, ...bad];
  const { data, errors } = await ask(document, { r: codes.map(of) });
  const good = { code: A, tax: { penalties: { totalCount: 2 } } };
  assert.deepEqual(data._entities, [good, good, ...bad.map(() => null)]);
  assert.equal(errors.length, bad.length);
  for (const { extensions } of errors) assert.equal(extensions.code, 'BAD_USER_INPUT');
});

test('bounds the number of representations', async () => {
  const r = Array.from({ length: 10_001 }, () => ({ __typename: 'Subject', code: A }));
  const { errors } = await ask(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { code } } }`,
    { r },
  );
  assert.match(errors[0].message, /10001 representations; at most 10000/);
});

const made = (text: string): string => Buffer.from(text).toString('base64url');

test('the same words for mistakes: names, values, cursors and pages', async () => {
  const mistakes: readonly (readonly [string, string])[] = [
    ['{ taxPenalties { nodes { fact } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ taxArrearsNotices(taxType: [VATT]) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ taxPenalties(after: "abc") { totalCount } }', 'INVALID_CURSOR'],
    [
      `{ taxPenalties(after: "${made('TaxPenalty 2026-02-30 p1')}") { totalCount } }`,
      'INVALID_CURSOR',
    ],
    [
      `{ taxPenalties(after: "${made('TaxPenalty 0000-01-01 p1')}") { totalCount } }`,
      'INVALID_CURSOR',
    ],
    [
      `{ taxChanges(after: "${made('changes 2026-02-30T00:00:00.000Z p 1')}") { endCursor } }`,
      'INVALID_CURSOR',
    ],
    [
      `{ taxChanges(after: "${made('changes 0000-01-01T00:00:00.000Z p 1')}") { endCursor } }`,
      'INVALID_CURSOR',
    ],
    ['{ taxPenalties(first: 101) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ taxPenalties(first: -1) { totalCount } }', 'BAD_USER_INPUT'],
    ['{ taxChanges(first: 101) { endCursor } }', 'BAD_USER_INPUT'],
    ['{ taxPenalties(decidedFrom: "2026-02-30") { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
  ];
  for (const [document, code] of mistakes) {
    const { errors } = await ask(document);
    assert.equal(errors[0].extensions.code, code, document);
  }
});

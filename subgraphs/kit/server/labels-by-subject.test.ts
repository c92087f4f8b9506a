// Labels decided on for the object in hand: of a subject, of its section, of a value that it holds, and
// of a value that several subjects share.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testInquiry, type TestCaller } from '../conformance/test-envelope.ts';
import { creditCodeOf } from '../samples/synthetic-code.ts';
import { section } from './section.ts';
import { openTestSubgraph, type Json, type TestSubgraph } from './test/test-subgraph.ts';

const label = (name: string): string => `@requiresScopes(scopes: [["credit:${name}"]])`;
const TYPES = `
  type Subject @key(fields: "code") ${label('public')} {
    code: CreditCode!
    test: TestSection
    rank: Int ${label('agency')}
    held: Detail
    named: [Named]
  }
  type TestSection ${label('public')} {
    held: Detail
    later: [Detail]
    score: Int ${label('authorised')}
  }
  interface Named { name: String }
  type Detail implements Named ${label('public')} {
    name: String
    reason: String ${label('authorised')}
    parts: [Part!]
    sealed: String ${label('special')}
  }
  "It has no label above PUBLIC, but leads to one that has."
  type Part ${label('public')} { name: String whole: Detail }
  type Query ${label('public')} { subjects: [Subject!]! held: Detail rank: Int ${label('agency')} }
`;
const [SELF, CONSENT, GRANT, NONE] = [1, 2, 3, 4].map((index) =>
  creditCodeOf(index, '91', '990101', false),
) as [string, string, string, string];
const CODES = [SELF, CONSENT, GRANT, NONE];
const CALLER: TestCaller = {
  inquiry: testInquiry({ tier: 'AGENCY', subject: SELF }),
  standing: [
    { kind: 'CONSENT', id: 'c', subject: CONSENT },
    { kind: 'GRANT', id: 'g', subject: GRANT, fields: ['Detail.sealed'] },
  ],
};

/** One object for all: what is seen of it must not depend on who was handed it first. */
const inner = { __typename: 'Detail', name: 'inner', reason: 'r', sealed: 's', parts: [] };
const shared = Object.freeze({ ...inner, name: 'outer', parts: [{ name: 'part', whole: inner }] });

let subgraph: TestSubgraph;

before(async () => {
  subgraph = await openTestSubgraph({
    types: TYPES,
    resolvers: {
      Query: { subjects: () => CODES.map((code) => ({ code })), held: () => shared, rank: () => 1 },
      Subject: { test: section(), rank: () => 7, held: () => shared, named: () => [shared] },
      TestSection: {
        held: () => shared,
        later: () => [Promise.resolve(shared), shared, null],
        score: () => 5,
      },
    },
  });
});

after(() => subgraph.stop());

/** What is seen below each subject: the value, or null where it was refused with an error. */
async function seenBelow(selection: string, caller = CALLER): Promise<readonly string[]> {
  const { data, errors = [] } = await subgraph.query(
    `{ subjects { ${selection} } }`,
    {},
    {},
    caller,
  );
  const texts = data.subjects.map((subject: Json) => JSON.stringify(subject));
  const nulls = texts.join('').match(/null/g)?.length ?? 0;
  assert.equal(errors.length, nulls, 'every null is a refusal, and says so');
  for (const { extensions } of errors) {
    assert.equal(extensions.code, 'UNAUTHORIZED_FIELD_OR_TYPE');
    assert.equal(extensions.sector, 'test');
  }
  return texts;
}

test('decides on a field of a subject by what may be seen of that subject', async () => {
  assert.deepEqual(await seenBelow('rank'), Array(4).fill('{"rank":7}'));
  assert.deepEqual(await seenBelow('rank', {}), Array(4).fill('{"rank":null}'));
});

test('decides on a field of a section by its subject', async () => {
  const of = (score: number | null): string => JSON.stringify({ test: { score } });
  assert.deepEqual(await seenBelow('test { score }'), [of(5), of(5), of(null), of(null)]);
});

for (const [where, open, close] of [
  ['a subject holds', 'held {', '}'],
  ['a section holds', 'test { held {', '} }'],
  ['stands in a list of a section, some of it later', 'test { later { __typename } held {', '} }'],
  ['is reached through an interface', 'named { ... on Detail {', '} }'],
  ['a value without labels of its own holds', 'held { parts { whole {', '} } }'],
] as const) {
  test(`decides on a value that ${where} by its subject, though all share one object`, async () => {
    const reasons = await subgraph.query(
      `{ subjects { ${open} reason sealed ${close} } }`,
      {},
      {},
      CALLER,
    );
    const seen = reasons.data.subjects.map((subject: Json) => [
      JSON.stringify(subject).includes('"reason":"r"'),
      JSON.stringify(subject).includes('"sealed":"s"'),
    ]);
    assert.deepEqual(seen, [
      [true, false],
      [true, false],
      [false, true],
      [false, false],
    ]);
    assert.equal(reasons.errors.length, 5);
  });
}

test('decides at the root by what may be seen of any subject, whoever asks', async () => {
  const { data, errors } = await subgraph.query('{ rank held { name reason } }', {}, {}, CALLER);
  assert.deepEqual(data, { rank: 1, held: { name: 'outer', reason: null } });
  assert.equal(errors.length, 1);
});

test('sees nothing above PUBLIC of a subject that has no code', async () => {
  const stray = await openTestSubgraph({
    types: TYPES,
    resolvers: { Query: { subjects: () => [{}] }, Subject: { rank: () => 7, held: () => shared } },
  });
  const { errors } = await stray.query('{ subjects { rank held { reason } } }', {}, {}, CALLER);
  assert.deepEqual(
    errors.map((error: Json) => error.extensions.coordinate),
    ['Subject.rank', 'Detail.reason'],
  );
  await stray.stop();
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { print } from 'graphql';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Decision, RefusedField } from './authorize.ts';
import { refusalError } from './refusal-error.ts';
import { authorizationUnderTest, CALLERS, inquiryOf, operationOf } from './test-graph.ts';

const authorization = authorizationUnderTest();

function decide(text: string, inquiry: Inquiry = CALLERS.anonymous): Decision {
  return authorization.decide(inquiry, operationOf(text));
}

/** Refused fields as `path coordinate class`. */
function refusals(text: string, inquiry?: Inquiry): string[] {
  const decision = decide(text, inquiry);
  if (decision.kind === 'allow') return [];
  return decision.refused.map((f) => `${f.path.join('.')} ${f.coordinate} ${String(f.class)}`);
}

function remainder(text: string): string | null {
  const decision = decide(text);
  assert.equal(decision.kind, 'refuse');
  return decision.remainder && print(decision.remainder).replace(/\s+/g, ' ');
}

test('allows public fields, and introspection', () => {
  assert.deepEqual(refusals('{ __typename subject { code __typename } }'), []);
  assert.deepEqual(refusals('{ __schema { types { name } } __type(name: "X") { name } }'), []);
});

test('refuses a field above the caller and names path, coordinate and class', () => {
  assert.deepEqual(refusals('{ subject { code score } }'), ['subject.score Subject.score AGENCY']);
});

test('refuses a field that has no label', () => {
  assert.deepEqual(refusals('{ subject { forgotten } }'), [
    'subject.forgotten Subject.forgotten null',
  ]);
});

test('refuses a public field of an enumeration above the caller', () => {
  assert.deepEqual(refusals('{ subject { grade } }'), ['subject.grade Grade GOVERNMENT']);
});

test('sees through aliases, fragments and reused fragments, and names each place', () => {
  assert.deepEqual(
    refusals(`
      { one: subject { ...S } two: subject { ...S } ... { three: subject { ... { x: score } } } }
      fragment S on Subject { y: score }
    `),
    ['one.y Subject.score AGENCY', 'two.y Subject.score AGENCY', 'three.x Subject.score AGENCY'],
  );
});

test('counts a field under @skip or @include, whatever the variable says', () => {
  assert.deepEqual(refusals('query ($v: Boolean!) { subject { code score @skip(if: $v) } }'), [
    'subject.score Subject.score AGENCY',
  ]);
  assert.deepEqual(refusals('{ subject { code score @include(if: false) } }'), [
    'subject.score Subject.score AGENCY',
  ]);
});

test('takes the strictest of the types that a field on an interface can meet', () => {
  assert.deepEqual(refusals('{ records { text } }'), ['records.text Inspection.text SPECIAL']);
});

test('takes the types that can be met, not the label that the interface was raised to', () => {
  assert.deepEqual(refusals('{ records { id } }'), []);
  assert.deepEqual(refusals('{ penalties { ... on Record { id text } } }'), []);
  assert.deepEqual(refusals('{ records { ... on Penalty { ... on Record { text } } } }'), []);
  assert.deepEqual(refusals('{ safe { ... on Record { id } ... on Penalty { text } } }'), []);
});

test('judges a fragment that can never apply by its own type', () => {
  assert.deepEqual(refusals('{ penalties { ... on Record { ... on Inspection { text } } } }'), [
    'penalties.text Inspection.text SPECIAL',
  ]);
});

test('refuses a list in which an object of a refused type could be counted', () => {
  assert.deepEqual(refusals('{ any { ... on Penalty { id } } }'), ['any Secret SPECIAL']);
  assert.deepEqual(refusals('{ secrets { __typename } }'), [
    'secrets Secret SPECIAL',
    'secrets.__typename Secret SPECIAL',
  ]);
});

test('refuses under aliases that look like parts of objects', () => {
  assert.deepEqual(refusals('{ constructor: subject { toString: score } }'), [
    'constructor.toString Subject.score AGENCY',
  ]);
});

test('lists at most a hundred fields of a refused operation', () => {
  const many = Array.from({ length: 150 }, (_, i) => `a${i}: score`).join(' ');
  assert.equal(refusals(`{ subject { ${many} } }`).length, 100);
});

/** How one field of the subject is decided: `allow`, the standings it depends on, or the rule. */
function fieldFor(field: string, inquiry: Inquiry): string {
  const decision = decide(`{ subject { ${field} } }`, inquiry);
  if (decision.kind === 'refuse') return decision.refused[0]?.rule ?? '';
  const [dependence, ...others] = decision.dependences;
  assert.equal(others.length, 0);
  return dependence ? dependence.alternatives.map((set) => set.join('+')).join(' or ') : 'allow';
}

const TABLE: readonly (readonly [keyof typeof CALLERS, Readonly<Record<string, string>>])[] = [
  [
    'anonymous',
    {
      code: 'allow',
      registered: 'TIER_TOO_LOW',
      score: 'TIER_TOO_LOW',
      duty: 'DUTY_MISSING',
      consented: 'CONSENT_MISSING',
      granted: 'GRANT_MISSING',
      known: 'CREDENTIAL_MISSING',
      onlyKnown: 'CREDENTIAL_MISSING',
      knownAgency: 'CREDENTIAL_MISSING',
      forgotten: 'LABEL_MISSING',
    },
  ],
  [
    'registered',
    {
      registered: 'allow',
      score: 'TIER_TOO_LOW',
      consented: 'CONSENT_MISSING',
      granted: 'GRANT',
      known: 'allow',
      onlyKnown: 'allow',
      knownAgency: 'TIER_TOO_LOW',
      forgotten: 'LABEL_MISSING',
    },
  ],
  [
    'agency',
    {
      score: 'allow',
      duty: 'DUTY_MISSING',
      consented: 'CONSENT',
      sharedConsented: 'CONSENT',
      granted: 'GRANT',
      either: 'CONSENT or GRANT',
      both: 'CONSENT+GRANT',
      knownAgency: 'allow',
      grade: 'DUTY_MISSING',
    },
  ],
  [
    'enterprise',
    {
      registered: 'allow',
      score: 'SELF',
      duty: 'SELF',
      shared: 'SELF',
      consented: 'SELF',
      granted: 'GRANT',
      either: 'SELF or GRANT',
      both: 'GRANT_MISSING',
      grade: 'SELF',
    },
  ],
  [
    'taxOffice',
    {
      score: 'allow',
      duty: 'allow',
      consented: 'allow',
      courtConsented: 'CONSENT_MISSING',
      shared: 'DUTY_MISSING',
      granted: 'GRANT',
      both: 'GRANT',
      grade: 'allow',
    },
  ],
  ['office', { score: 'allow', duty: 'DUTY_MISSING', consented: 'CONSENT_MISSING' }],
  ['wideOffice', { shared: 'allow', sharedConsented: 'allow', granted: 'GRANT' }],
  [
    'auditor',
    { score: 'allow', duty: 'allow', shared: 'allow', either: 'allow', granted: 'GRANT_MISSING' },
  ],
];

for (const [caller, fields] of TABLE) {
  test(`decides on every class for ${caller}`, () => {
    const decided = Object.keys(fields).map((field) => [field, fieldFor(field, CALLERS[caller])]);
    assert.deepEqual(Object.fromEntries(decided), fields);
  });
}

test('asks for a purpose where one that the credential allows would do', () => {
  const purposes = ['SUPERVISION', 'CREDIT_REPORT'] as const;
  const silent = inquiryOf({ tier: 'AGENCY', purposes }, null);
  const decision = decide('{ subject { code score consented duty } }', silent);
  assert.equal(decision.kind, 'refuse');
  const errors = decision.refused.map(
    (field) => refusalError(field, authorization.wayFor(silent, field)).extensions,
  );
  assert.deepEqual(
    errors.map(({ coordinate, code }) => [coordinate, code]),
    [
      ['Subject.score', 'PURPOSE_REQUIRED'],
      ['Subject.consented', 'PURPOSE_REQUIRED'],
      ['Subject.duty', 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ],
  );
  assert.equal(
    errors[0]?.['hint'],
    'Send the header Credit-Purpose with one of CREDIT_REPORT, SUPERVISION, which your token allows.',
  );
});

test('asks for no purpose that would not do, and none of a caller that may state none', () => {
  const auditor = inquiryOf(
    { tier: 'GOVERNMENT', roles: ['AUDITOR'], purposes: ['AUDIT', 'SUPERVISION'] },
    null,
  );
  const decision = decide('{ subject { duty } }', auditor);
  assert.equal(decision.kind, 'refuse');
  assert.deepEqual(decision.refused[0]?.purposes, ['AUDIT']);
  const mute = inquiryOf({ tier: 'AGENCY', purposes: [] }, null);
  assert.deepEqual(fieldFor('score', mute), 'TIER_TOO_LOW');
  assert.deepEqual(fieldFor('score', CALLERS.anonymous), 'TIER_TOO_LOW');
  assert.deepEqual(fieldFor('known', mute), 'allow');
});

test('shows nothing above PUBLIC for a purpose that the credential does not allow', () => {
  const forbidden = inquiryOf({ tier: 'GOVERNMENT', sectorsOfDuty: ['tax'] }, 'ENFORCEMENT');
  for (const field of ['registered', 'score', 'duty', 'consented', 'granted']) {
    assert.match(fieldFor(field, forbidden), /_MISSING|TOO_LOW/);
  }
});

test('refuses a field on an interface that nothing implements', () => {
  assert.deepEqual(refusals('{ empty { id } }', CALLERS.auditor), ['empty.id Empty.id null']);
});

test('decides on each operation of a document by its own fields', () => {
  const text = 'query A { subject { code } } query B { subject { score } }';
  const authorization = authorizationUnderTest();
  const kindOf = (name: string): string =>
    authorization.decide(CALLERS.anonymous, operationOf(text, name)).kind;
  assert.deepEqual([kindOf('A'), kindOf('B')], ['allow', 'refuse']);
});

test('names one alias once where it is written twice, and refuses both', () => {
  const text = '{ subject { x: score x: score } subject { x: score } }';
  assert.deepEqual(refusals(text), ['subject.x Subject.score AGENCY']);
  assert.equal(remainder('{ subject { code x: score x: score } }'), '{ subject { code } }');
});

test('refuses and leaves out under the aliases __proto__ and constructor', () => {
  const text = '{ __proto__: subject { constructor: score prototype: code } }';
  assert.deepEqual(refusals(text), ['__proto__.constructor Subject.score AGENCY']);
  assert.equal(remainder(text), '{ __proto__: subject { prototype: code } }');
});

test('writes an error with code, coordinate, class, sector, path and hint', () => {
  const field: RefusedField = {
    path: ['subject', 'tax', 'score'],
    coordinate: 'TaxRating.score',
    class: 'AUTHORISED',
    sectors: ['tax'],
    rule: 'CONSENT_MISSING',
    purposes: [],
  };
  const error = refusalError(field, authorization.wayFor(CALLERS.registered, field));
  assert.deepEqual(error.toJSON(), {
    message: 'You may not see TaxRating.score: it needs AUTHORISED.',
    path: ['subject', 'tax', 'score'],
    extensions: {
      code: 'UNAUTHORIZED_FIELD_OR_TYPE',
      coordinate: 'TaxRating.score',
      class: 'AUTHORISED',
      sector: 'tax',
      path: 'subject.tax.score',
      hint: "Ask as an agency that holds the subject's consent for the purpose.",
    },
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildASTSchema, getOperationAST, parse, print, validate } from 'graphql';
import { authorize, type Decision } from './authorize.ts';
import { ANONYMOUS } from './principal.ts';
import { refusalError } from './refusal-error.ts';
import { readRequirements } from './requirements.ts';

const document = parse(`
  directive @label(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | ENUM | SCALAR
  type Query @label(scopes: [["credit:public"]]) {
    subject: Subject
    penalties: [Penalty!]!
    records: [Record!]!
    any: [Any!]!
    safe: [Safe!]!
    secrets: [Secret!]! 
  }
  type Subject {
    code: ID! @label(scopes: [["credit:public"]])
    score: Float @label(scopes: [["credit:agency"]])
    grade: Grade @label(scopes: [["credit:public"]])
    forgotten: String
    rating: Penalty @label(scopes: [["credit:public"]])
  }
  enum Grade @label(scopes: [["credit:government"]]) { A }
  interface Record @label(scopes: [["credit:special"]]) {
    id: ID! @label(scopes: [["credit:special"]])
    text: String
  }
  type Penalty implements Record {
    id: ID! @label(scopes: [["credit:public"]])
    text: String @label(scopes: [["credit:public"]])
  }
  type Inspection implements Record {
    id: ID! @label(scopes: [["credit:public"]])
    text: String @label(scopes: [["credit:special"]])
  }
  type Secret @label(scopes: [["credit:special"]]) { id: ID! }
  union Any = Penalty | Inspection | Secret
  union Safe = Penalty | Inspection
`);
const schema = buildASTSchema(document);
const requirements = readRequirements(document, {
  requiresScopes: 'label',
  authenticated: null,
  policy: null,
});

function decide(text: string): Decision {
  const operationDocument = parse(text, { noLocation: true });
  assert.deepEqual(validate(schema, operationDocument), []);
  const operation = getOperationAST(operationDocument);
  assert.ok(operation);
  return authorize(ANONYMOUS, { schema, document: operationDocument, operation }, requirements);
}

/** Refused fields as `path coordinate class`. */
function refusals(text: string): string[] {
  const decision = decide(text);
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

test('leaves the rest of an operation, with fragments in their places', () => {
  assert.equal(
    remainder(`
      query Q($a: Boolean!, $b: Boolean!) {
        subject { ...S @include(if: $a) score @skip(if: $b) }
        only: subject { score }
        records { ... on Penalty { id } ... on Inspection { text } }
      }
      fragment S on Subject { code grade }
    `),
    'query Q($a: Boolean!) { subject { ... on Subject @include(if: $a) { code } } ' +
      'records { ... on Penalty { id } } }',
  );
});

test('leaves nothing of an operation that is refused in all its fields', () => {
  assert.equal(remainder('{ subject { score } }'), null);
});

test('lists at most a hundred fields of a refused operation', () => {
  const many = Array.from({ length: 150 }, (_, i) => `a${i}: score`).join(' ');
  assert.equal(refusals(`{ subject { ${many} } }`).length, 100);
});

test('writes an error with code, coordinate, class, sector, path and hint', () => {
  const error = refusalError({
    path: ['subject', 'tax', 'score'],
    coordinate: 'TaxRating.score',
    class: 'AUTHORISED',
    sectors: ['tax'],
  });
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

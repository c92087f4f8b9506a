import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { answerUnavailable } from './unavailable-answer.ts';

const schema = buildSchema(`
  type Query { subject(code: ID!): Subject list: [Subject!] }
  type Subject { code: ID! name: String! tax: Tax courts: Courts }
  type Tax { coverage: Coverage! grade: String records: Records! latest: Record }
  type Courts { coverage: Coverage! }
  type Records { total: Int! }
  type Record { id: ID! }
  enum CoverageStatus { CHECKED UNAVAILABLE }
  type Coverage {
    status: CoverageStatus!
    upToClass: String
    checkedAt: String
    higherClassesExist: Boolean!
  }
`);

const representations = [{ __typename: 'Subject', code: '1' }];
const higher = (section: string): boolean => section === 'Tax';

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test('says UNAVAILABLE of a section, and null of its other fields', () => {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Subject { tax { coverage { status upToClass checkedAt higherClassesExist } grade } }
    }
  }`;
  const answer = answerUnavailable(schema, { query, variables: { representations } }, higher);
  assert.deepEqual(plain(answer.data), {
    _entities: [
      {
        tax: {
          coverage: {
            status: 'UNAVAILABLE',
            upToClass: null,
            checkedAt: null,
            higherClassesExist: true,
          },
          grade: null,
        },
      },
    ],
  });
  assert.deepEqual(answer.paths, [['_entities', 0, 'tax']]);
});

test('honours aliases, fragments, __typename, @skip and @include', () => {
  const query = `query ($representations: [_Any!]!, $yes: Boolean!, $no: Boolean = false) {
    _entities(representations: $representations) {
      __typename
      ...S
      ... on Record { id }
    }
  }
  fragment S on Subject {
    mine: tax { c: coverage { t: __typename s: status } g: grade @skip(if: $yes) }
    mine: tax { other: grade @include(if: $no) latest @include(if: true) { id } }
    courts @include(if: $no) { coverage { status } }
  }`;
  const variables = { representations, yes: true };
  const answer = answerUnavailable(schema, { query, variables }, higher);
  assert.deepEqual(plain(answer.data), {
    _entities: [
      {
        __typename: 'Subject',
        mine: { c: { t: 'Coverage', s: 'UNAVAILABLE' }, latest: null },
      },
    ],
  });
  assert.deepEqual(answer.paths, [['_entities', 0, 'mine']]);
});

test('answers every representation and names no single one of several', () => {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Subject { code courts { coverage { status } } }
    }
  }`;
  const two = [...representations, { __typename: 'Subject', code: '2' }];
  const answer = answerUnavailable(schema, { query, variables: { representations: two } }, higher);
  const courts = { coverage: { status: 'UNAVAILABLE' } };
  assert.deepEqual(plain(answer.data), {
    _entities: [
      { code: '1', courts },
      { code: '2', courts },
    ],
  });
  assert.deepEqual(answer.paths, [[]]);
});

test('nulls a section with a field that may not be null, rather than invent one', () => {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Subject { tax { coverage { status } records { total } } }
    }
  }`;
  const answer = answerUnavailable(schema, { query, variables: { representations } }, higher);
  assert.deepEqual(plain(answer.data), { _entities: [{ tax: null }] });
});

test('nulls an entity with a field that may not be null', () => {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Subject { name } }
  }`;
  const answer = answerUnavailable(schema, { query, variables: { representations } }, higher);
  assert.deepEqual(plain(answer.data), { _entities: [null] });
});

test('nulls root fields, each with its path', () => {
  const query = '{ a: subject(code: "1") { code } list { code } }';
  const answer = answerUnavailable(schema, { query, variables: undefined }, higher);
  assert.deepEqual(plain(answer.data), { a: null, list: null });
  assert.deepEqual(answer.paths, [['a'], ['list']]);
});

// What a connection takes before it reads anything: page sizes, names of filters, and whether a count
// was asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, graphqlSync, type GraphQLResolveInfo } from 'graphql';
import { penalties } from '../../tax/records.ts';
import { assertPageSize, connection, listing, selects } from './connection.ts';

test('takes pages of 0 to 100 records', () => {
  for (const first of [0, 1, 100]) assertPageSize(first);
  for (const first of [-1, 101, 2 ** 31 - 1, NaN, null, undefined, '5']) {
    assert.throws(() => {
      assertPageSize(first);
    }, /it must be 0 to 100/);
  }
});

test('refuses a filter that is named as a parameter of the statements', () => {
  for (const name of [
    'displayed',
    'outside',
    'today',
    'asOf',
    'limit',
    'afterDate',
    'afterId',
    'codes',
    'ids',
    'versions',
  ]) {
    const filters = { [name]: { field: 'severity', test: 'any' } } as const;
    assert.throws(() => connection(penalties, filters), /TaxPenalty: a filter cannot be named/);
    assert.throws(() => listing(penalties, filters), /TaxPenalty: a filter cannot be named/);
  }
});

const schema = buildSchema('type Query { page: Page } type Page { nodes: Int totalCount: Int }');

function isTotalSelected(document: string): boolean {
  let found = false;
  const page = (_args: unknown, _context: unknown, info: GraphQLResolveInfo): object => {
    found = selects(info, 'totalCount');
    return {};
  };
  const { errors } = graphqlSync({ schema, source: document, rootValue: { page } });
  assert.equal(errors, undefined);
  return found;
}

test('counts only where a count was asked for, however it is written', () => {
  assert.equal(isTotalSelected('{ page { nodes } }'), false);
  assert.equal(isTotalSelected('{ page { totalCount: nodes } }'), false);
  assert.equal(isTotalSelected('{ page { n: totalCount } }'), true);
  assert.equal(isTotalSelected('{ page { nodes } page { totalCount } }'), true);
  assert.equal(isTotalSelected('{ page { ... { ... on Page { totalCount } } } }'), true);
  assert.equal(
    isTotalSelected(
      '{ page { ...A } } fragment A on Page { ...B } fragment B on Page { totalCount }',
    ),
    true,
  );
});

test('does not count what a directive leaves out', () => {
  for (const [directive, isCounted] of [
    ['@include(if: false)', false],
    ['@include(if: true)', true],
    ['@skip(if: true)', false],
    ['@skip(if: false)', true],
    ['@include(if: true) @skip(if: true)', false],
    ['@include(if: $no)', false],
    ['@skip(if: $no)', true],
  ] as const) {
    for (const document of [
      `totalCount ${directive}`,
      `... ${directive} { totalCount }`,
      `...A ${directive}`,
      `...A @include(if: false) totalCount ${directive}`,
    ]) {
      const fragment = document.includes('...A') ? 'fragment A on Page { totalCount }' : '';
      const variables = directive.includes('$no') ? '($no: Boolean = false)' : '';
      const query = `query ${variables} { page { nodes ${document} } } ${fragment}`;
      assert.equal(isTotalSelected(query), isCounted, query);
    }
  }
});

// Which fields may be declared never null, so that a refusal takes nothing along that may be seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import { readFieldClasses } from '../authority/labels.ts';
import type { RecordTable } from '../database/record-table.ts';
import { assertNullable } from './assert-nullable.ts';

const label = (name: string): string => `@requiresScopes(scopes: [["credit:${name}"]])`;

function check(sdl: string, tables: readonly RecordTable[] = []): void {
  const directive = 'directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION';
  const text = `${directive} type Query ${label('public')} { a: Int } ${sdl}`;
  assertNullable(buildSchema(text), readFieldClasses(parse(text)), tables);
}

const record = (rowClass: RecordTable['class']): RecordTable => ({
  type: 'A',
  table: 'a',
  class: rowClass,
  key: [],
  columns: {},
});

test('takes what is as restricted as all that stands beside it', () => {
  check(`type A ${label('public')} { x: Int! y: Int ${label('agency')} }`);
  check(`type A ${label('authorised')} { x: Int! y: [Int!]! }`);
  check(`type A ${label('agency')} { x: Int! y: Int ${label('government')} }`);
});

for (const [what, sdl] of [
  ['is stricter than what stands beside it', `{ x: Int y: Int! ${label('registered')} }`],
  ['is a list that is', `{ x: Int y: [Int]! ${label('authorised')} }`],
] as const) {
  test(`refuses a field that cannot be null and ${what}`, () => {
    assert.throws(() => {
      check(`type A ${label('public')} ${sdl}`);
    }, /must be able to be null: A\.y\./);
  });
}

test('refuses a field without a label, which nobody sees', () => {
  assert.throws(() => {
    check(`type A { x: Int ${label('public')} y: Int! }`);
  }, /A\.y/);
});

test('takes a stricter field where all rows of its type are of its class', () => {
  const sdl = `type A ${label('public')} { x: Int y: Int! ${label('authorised')} }`;
  check(sdl, [record('AUTHORISED')]);
  check(sdl, [record('GOVERNMENT')]);
  assert.throws(() => {
    check(sdl, [record('AGENCY')]);
  }, /A\.y/);
});

test('refuses a SPECIAL field that cannot be null wherever it stands: grants open fields one by one', () => {
  const sdl = `type A ${label('special')} { x: Int! }`;
  for (const tables of [[], [record('SPECIAL')]]) {
    assert.throws(() => {
      check(sdl, tables);
    }, /A\.x/);
  }
});

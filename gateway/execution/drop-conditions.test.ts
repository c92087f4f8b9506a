// Conditions that say nothing are taken away, and no other: what is asked stays the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, parse, print } from 'graphql';
import { dropConditions } from './drop-conditions.ts';

const schema = buildSchema(`
  interface Record { id: ID }
  interface Dated { day: String }
  union Any = Penalty | Rating
  type Penalty implements Record & Dated { id: ID day: String fine: Int next: Record }
  type Rating implements Record { id: ID grade: String }
  type Query { penalty: Penalty record: Record any: Any }
`);

const dropped = (text: string): string => print(dropConditions(schema, parse(text)));
const printed = (text: string): string => print(parse(text));

for (const [what, written, expected] of [
  [
    'an interface within its own object type',
    '{ penalty { ... on Record { ... on Penalty { fine } id } } }',
    '{ penalty { ... { ... on Penalty { fine } id } } }',
  ],
  [
    'a union',
    '{ penalty { ... on Any @skip(if: true) { ... on Penalty { fine } } } }',
    '{ penalty { ... @skip(if: true) { ... on Penalty { fine } } } }',
  ],
  [
    'one within another',
    '{ penalty { ... on Record { ... on Dated { day ... on Penalty { fine } } } } }',
    '{ penalty { ... { ... { day ... on Penalty { fine } } } } }',
  ],
  [
    'that of a fragment, which is taken into its place with its directives',
    'query Q($a: Boolean!) { penalty { ...R @include(if: $a) } } fragment R on Record { id ...P } fragment P on Penalty { fine }',
    'query Q($a: Boolean!) { penalty { ... @include(if: $a) { id ...P } } } fragment P on Penalty { fine }',
  ],
  [
    'below an object type that stands where any may',
    '{ record { ... on Penalty { ... on Record { ... on Penalty { fine } } } } }',
    '{ record { ... on Penalty { ... { ... on Penalty { fine } } } } }',
  ],
  [
    'in a fragment on an object type',
    '{ record { ...P } } fragment P on Penalty { ... on Dated { day } }',
    '{ record { ...P } } fragment P on Penalty { ... { day } }',
  ],
] as const) {
  test(`drops ${what}`, () => {
    assert.equal(dropped(written), printed(expected));
  });
}

for (const [what, text] of [
  ['where any type may stand', '{ record { ... on Dated { ... on Penalty { fine } } } }'],
  ['of an object type', '{ penalty { ... on Penalty { fine } } }'],
  ['of a fragment where any type may stand', '{ record { ...R } } fragment R on Record { id }'],
  ['of the type of a field below', '{ penalty { next { ... on Dated { day } } } }'],
] as const) {
  test(`keeps the condition ${what}, and the document as it is`, () => {
    const document = parse(text);
    assert.equal(dropConditions(schema, document), document);
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import type { SpecialFields } from './special-fields.ts';
import {
  readShippedSpecialFields,
  specialFieldsOfDocument,
} from './test/special-fields-of-supergraph.ts';

const SPECIAL = '@requiresScopes(scopes: [["credit:special"]])';
const PUBLIC = '@requiresScopes(scopes: [["credit:public"]])';

/** A sector of one record type, with values, a union, another record and a subject below it. */
const fieldsOf = (): SpecialFields =>
  specialFieldsOfDocument(
    parse(`
      interface CreditRecord { id: ID }
      type Query @join__type(graph: ONE) { r: R }
      type R implements CreditRecord @join__type(graph: ONE) ${PUBLIC} {
        id: ID
        v: [V!]! ${SPECIAL}
        u: U ${SPECIAL}
        other: Other ${SPECIAL}
        subject: Subject ${SPECIAL}
        plain: String ${SPECIAL}
      }
      type V @join__type(graph: ONE) ${SPECIAL} { a: Int b: W again: V }
      type W @join__type(graph: ONE) ${PUBLIC} { c: Int ${SPECIAL} d: Int e: X ${SPECIAL} }
      type X @join__type(graph: ONE) ${PUBLIC} { f: Int ${SPECIAL} }
      union U = A | B
      type A @join__type(graph: ONE) ${PUBLIC} { g: Int ${SPECIAL} }
      type B @join__type(graph: ONE) ${PUBLIC} { h: Int ${SPECIAL} i: Int }
      type Other implements CreditRecord @join__type(graph: ONE) ${PUBLIC} {
        id: ID
        secret: Int ${SPECIAL}
      }
      type Subject @join__type(graph: ONE, key: "code") @join__type(graph: TWO, key: "code")
        ${PUBLIC} {
        code: ID
        kept: Int ${SPECIAL} @join__field(graph: TWO)
      }
    `),
  );

test('lists the SPECIAL fields of a sector, and none of one that is unknown', () => {
  const { specialFields } = fieldsOf();
  assert.deepEqual([...specialFields('two')], ['Subject.kept']);
  assert.ok(specialFields('one').has('W.c'));
  assert.equal(specialFields('one').has('W.d'), false);
  for (const name of ['three', '', '__proto__']) assert.equal(specialFields(name).size, 0);
});

test('adds what is below a named field, through values of values and back to themselves', () => {
  const { expandSpecial } = fieldsOf();
  const whole = ['R.v', 'V.a', 'V.again', 'V.b', 'W.c', 'W.e', 'X.f'];
  assert.deepEqual(expandSpecial(['R.v']), whole);
  assert.deepEqual(expandSpecial(whole), whole);
  assert.deepEqual(expandSpecial(['R.plain', 'R.plain']), ['R.plain']);
});

test('adds nothing of a type of which fields are named, nor what is below the others', () => {
  const { expandSpecial } = fieldsOf();
  assert.deepEqual(expandSpecial(['R.v', 'V.a']), ['R.v', 'V.a']);
  assert.deepEqual(expandSpecial(['R.v', 'V.b']), ['R.v', 'V.b', 'W.c', 'W.e', 'X.f']);
  assert.deepEqual(expandSpecial(['V.b', 'W.e', 'X.f']), ['V.b', 'W.e', 'X.f']);
});

test('adds every type that a union can be', () => {
  assert.deepEqual(fieldsOf().expandSpecial(['R.u']), ['A.g', 'B.h', 'R.u']);
});

test('adds nothing of another record or of the subject: those are named for themselves', () => {
  const { expandSpecial } = fieldsOf();
  assert.deepEqual(expandSpecial(['R.other']), ['R.other']);
  assert.deepEqual(expandSpecial(['R.subject']), ['R.subject']);
});

test('adds nothing to a field that is not there', () => {
  assert.deepEqual(fieldsOf().expandSpecial(['R.none', 'None.v']), ['None.v', 'R.none']);
});

test('opens the bids of a tender in the supergraph that ships', async () => {
  const { specialFields, expandSpecial } = await readShippedSpecialFields();
  const bids = expandSpecial(['ConstructionTender.bids']);
  for (const field of ['bidder', 'code', 'price', 'rank']) {
    assert.ok(bids.includes(`ConstructionBid.${field}`));
  }
  for (const field of bids) assert.ok(specialFields('construction').has(field), field);
  assert.equal(specialFields('tax').has('ConstructionTender.bids'), false);
});

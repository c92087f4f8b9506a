// Arguments that compare with fields which may not be seen, field by field and authority by authority.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PUBLIC_AUTHORITY, type Authority } from '../authority/policy.ts';
import { PublicError } from '../errors.ts';
import { assertArguments } from './assert-arguments.ts';

const classes = new Map([
  ['A.open', 'PUBLIC'],
  ['A.closed', 'AUTHORISED'],
  ['A.sealed', 'SPECIAL'],
] as const);
const COMPARED = {
  open: ['A.open'],
  both: ['A.open', 'A.closed'],
  sealed: ['A.sealed'],
  unlabelled: ['A.unlabelled'],
};

/** Gives the coordinate for which the arguments are refused; null where they are taken. */
function refusedBy(args: object, authority: Authority = PUBLIC_AUTHORITY): unknown {
  try {
    assertArguments({ ...args }, COMPARED, { classes }, authority);
    return null;
  } catch (error) {
    assert.ok(error instanceof PublicError);
    assert.equal(error.extensions['code'], 'UNAUTHORIZED_FIELD_OR_TYPE');
    return error.extensions['coordinate'];
  }
}

test('takes what compares with fields in sight, and what is not given', () => {
  assert.equal(refusedBy({ open: 'x', both: null, sealed: undefined, first: 20 }), null);
});

test('refuses an argument for every field with which it compares, whatever its value', () => {
  for (const both of ['x', '', 0, false, []]) assert.equal(refusedBy({ both }), 'A.closed');
  assert.equal(refusedBy({ unlabelled: 'x' }), 'A.unlabelled');
});

test('takes it of those who see the field', () => {
  const holder = { ...PUBLIC_AUTHORITY, classes: ['PUBLIC', 'AUTHORISED'] as const };
  assert.equal(refusedBy({ both: 'x' }, holder), null);
  assert.equal(refusedBy({ sealed: 'x' }, holder), 'A.sealed');
  assert.equal(
    refusedBy({ sealed: 'x' }, { ...holder, specialFields: new Set(['A.sealed']) }),
    null,
  );
});

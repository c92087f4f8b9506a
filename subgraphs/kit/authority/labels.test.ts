import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { readFieldClasses } from './labels.ts';

const classesOf = (sdl: string): Record<string, string> =>
  Object.fromEntries(readFieldClasses(parse(sdl)));

test('reads the label of a field', () => {
  assert.deepEqual(
    classesOf('type A { x: Int @requiresScopes(scopes: [["credit:agency"]]) y: Int }'),
    { 'A.x': 'AGENCY' },
  );
});

test('covers the fields of a labelled type', () => {
  assert.deepEqual(classesOf('type A @requiresScopes(scopes: [["credit:public"]]) { x: Int }'), {
    'A.x': 'PUBLIC',
  });
});

test('takes the stricter of type and field, whichever side it stands on', () => {
  assert.deepEqual(
    classesOf(
      `type A @requiresScopes(scopes: [["credit:agency"]]) {
         x: Int @requiresScopes(scopes: [["credit:public"]])
         y: Int @requiresScopes(scopes: [["credit:special"]])
       }`,
    ),
    { 'A.x': 'AGENCY', 'A.y': 'SPECIAL' },
  );
});

test('gives an unlabelled field no class', () => {
  assert.deepEqual(classesOf('type A { x: Int }'), {});
});

for (const [what, scopes] of [
  ['two scopes', '[["credit:public", "credit:agency"]]'],
  ['alternatives', '[["credit:public"], ["credit:agency"]]'],
  ['no scope', '[[]]'],
  ['a scope that is no class', '[["credit:everyone"]]'],
  ['a scope of somebody else', '[["public"]]'],
] as const) {
  test(`refuses a label of ${what}`, () => {
    assert.throws(() => classesOf(`type A { x: Int @requiresScopes(scopes: ${scopes}) }`), /A\.x/);
  });
}

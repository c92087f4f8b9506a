import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  classOfScope,
  DISCLOSURE_CLASSES,
  scopeOfClass,
  stricterClass,
} from './disclosure-class.ts';

test('names a scope for every class and reads it back', () => {
  for (const value of DISCLOSURE_CLASSES) assert.equal(classOfScope(scopeOfClass(value)), value);
});

test('knows no class for a scope that is not of the list', () => {
  for (const scope of ['credit:', 'credit:all', 'public', 'CREDIT:public', 'credit:__proto__']) {
    assert.equal(classOfScope(scope), null);
  }
});

test('takes the stricter of two classes in either order', () => {
  DISCLOSURE_CLASSES.forEach((lower, at) => {
    for (const higher of DISCLOSURE_CLASSES.slice(at)) {
      assert.equal(stricterClass(lower, higher), higher);
      assert.equal(stricterClass(higher, lower), higher);
    }
  });
});

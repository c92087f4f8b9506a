import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOneEdit } from './edit-distance.ts';

const isNear = (a: string, b: string): boolean => isOneEdit(Array.from(a), Array.from(b));

test('one edit: a character replaced, added, left out, or swapped with its neighbour', () => {
  for (const other of [
    '星合建设',
    '星河建',
    '星河建设集',
    '新星河建设',
    '星建设',
    '河星建设',
    '星河设建',
  ]) {
    assert.equal(isNear('星河建设', other), true, other);
    assert.equal(isNear(other, '星河建设'), true, other);
  }
});

test('no edit and two edits are not one', () => {
  for (const other of ['星河建设', '星合建社', '建设星河', '星', '', '设河建星', '星河建设集团']) {
    assert.equal(isNear('星河建设', other), false, other);
    assert.equal(isNear(other, '星河建设'), false, other);
  }
});

test('a character beyond the first plane is one character', () => {
  assert.equal(isNear('𠮷野家', '吉野家'), true);
  assert.equal(isNear('野家', '𠮷野家'), true);
});

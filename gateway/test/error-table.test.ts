import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { README_FILE, withErrorTable } from './error-table.ts';

test('the error table of the README is current', () => {
  const text = readFileSync(README_FILE, 'utf8');
  assert.equal(
    text,
    withErrorTable(text),
    'run node --import=#typescript gateway/test/error-table.ts',
  );
});

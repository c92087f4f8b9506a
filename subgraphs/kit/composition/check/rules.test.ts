// Each rule on a sector that keeps it and on the same sector with one thing changed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OTHER_CHECKS, RULES } from './rules.ts';
import { RULE_CASES } from './test-rule-cases.ts';
import { findingsOf, transport, view } from './test-sector.ts';

for (const [rule, fact, edits, found] of RULE_CASES) {
  test(`${rule} finds ${fact}`, () => {
    assert.deepEqual(findingsOf(rule, view(transport(...edits))), found);
  });
}

test('finds nothing in a sector that keeps the rules', () => {
  for (const { id } of RULES) assert.deepEqual(findingsOf(id, view(transport())), [], id);
});

test('a rule that was not found in any case would prove nothing', () => {
  const tested = new Set(RULE_CASES.map(([rule]) => rule));
  const apart = ['shared-label', 'consent'];
  const missing = RULES.filter(({ id }) => !tested.has(id) && !apart.includes(id));
  assert.deepEqual(
    missing.map(({ id }) => id),
    [],
  );
});

test('every rule and every other check has a section in RULES.md, and no section is without', () => {
  const page = readFileSync(join(import.meta.dirname, 'RULES.md'), 'utf8');
  const sections = [...page.matchAll(/^### `([a-z-]+)`$/gm)].map(([, id]) => id);
  assert.deepEqual(sections, [...RULES.map(({ id }) => id), ...Object.keys(OTHER_CHECKS)]);
});

// .env.example is the reference of the environment: it names every variable that a config file reads,
// and no other.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const CONFIG_FILES = [
  'gateway/config.ts',
  'subgraphs/kit/cli/config.ts',
  'subgraphs/kit/database/test-config.ts',
];
/** Variables of which there is one for each sector; the reference shows that of tax. */
const FAMILIES = ['DATABASE_URL_', 'SUBGRAPH_PORT_', 'SUBGRAPH_URL_'];
/** Set by Node's own conventions, or told with a family. */
const ELSEWHERE = new Set(['NODE_ENV', 'DATABASE_URL_GATEWAY']);

const familyOf = (name: string): string =>
  FAMILIES.find((family) => name.startsWith(family)) ?? name;

async function variablesRead(): Promise<Set<string>> {
  const names = new Set<string>();
  for (const file of CONFIG_FILES) {
    const text = await readFile(join(ROOT, file), 'utf8');
    for (const [, a, b] of text.matchAll(/^ {2}([A-Z][A-Z_]+):|NAME = '([A-Z_]+)'/gm)) {
      names.add(familyOf(a ?? b ?? ''));
    }
  }
  for (const family of FAMILIES) names.add(family);
  return names;
}

test('names every variable that is read, with its meaning, and no other', async () => {
  const text = await readFile(join(ROOT, '.env.example'), 'utf8');
  const documented = new Set<string>();
  for (const paragraph of text.split(/\n\s*\n/)) {
    const [, name] = /^# ([A-Z][A-Z0-9_]+)=/m.exec(paragraph) ?? [];
    if (name === undefined) continue;
    documented.add(familyOf(name));
    assert.match(paragraph, /Default/, `${name} says its default`);
  }
  const read = await variablesRead();
  assert.ok(read.size > 20, [...read].join());
  for (const name of read)
    assert.ok(documented.has(name) || ELSEWHERE.has(name), `${name} is told`);
  for (const name of documented) assert.ok(read.has(name), `${name} is read somewhere`);
});

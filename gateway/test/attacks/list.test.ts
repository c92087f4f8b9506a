// The list of attacks names tests that are there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const FOLDER = import.meta.dirname;
const GATEWAY = join(FOLDER, '../..');
const list = readFileSync(join(FOLDER, 'README.md'), 'utf8');

/** A path of the list stands in the gateway, its tests, this folder, or the kit. */
function isThere(path: string): boolean {
  const places = [GATEWAY, join(GATEWAY, 'test'), FOLDER, join(GATEWAY, '../subgraphs')];
  return places.some((place) => existsSync(join(place, path)));
}

test('every attack of the list is met by tests that are there', () => {
  const rows = list.split('\n').filter((line) => line.startsWith('| ') && !line.includes('---'));
  assert.ok(rows.length > 20, String(rows.length));
  for (const row of rows.slice(1)) {
    const named = [...row.matchAll(/`([\w./-]+(?:\.ts|\/))`/g)].map(([, path = '']) => path);
    assert.ok(named.length > 0, row);
    assert.deepEqual(
      named.filter((path) => !isThere(path)),
      [],
    );
  }
});

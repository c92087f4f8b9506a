import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isIntrospectionType, isObjectType } from 'graphql';
import { openSupergraph } from '../../explain/open-supergraph.ts';
import { READY_NAMES } from '../../explain/ready-inquiry.ts';
import { loadSupergraph, readSupergraph } from '../../supergraph/load-supergraph.ts';
import { accessTable } from './access-table.ts';
import { ACCESS_FILE } from './write-access.ts';

const written = readFileSync(ACCESS_FILE, 'utf8');
const graph = await openSupergraph();

/** Differing lines alone: the whole table is too long to be read in a report. */
function differences(one: string, other: string): string[] {
  const lines = new Set(one.split('\n'));
  return other.split('\n').filter((line) => !lines.has(line));
}

test('the access table is current', () => {
  const today = accessTable(graph);
  const command = 'review the change, then run node --import=#typescript gateway/test/golden/write-access.ts';
  assert.deepEqual(differences(written, today), [], command);
  assert.equal(written === today, true, command);
});

test('every field has its row, and every ready caller its column', () => {
  const rows = new Set([...written.matchAll(/^\| (\w+\.\w+) +\|/gm)].map(([, field]) => field));
  for (const type of Object.values(graph.schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.keys(type.getFields())) {
      const coordinate = `${type.name}.${field}`;
      assert.ok(rows.delete(coordinate), `${coordinate} has no row`);
    }
  }
  assert.deepEqual([...rows], [], 'rows of fields that are not there');
  for (const name of READY_NAMES) assert.match(written, new RegExp(`[|,] ${name}( *\\||,)`));
});

test('a field that is new, and one of another class, each change the table', async () => {
  const { sdl } = await loadSupergraph();
  const anchor = '  score: Float';
  const at = sdl.indexOf(anchor, sdl.indexOf('type TaxCreditRating'));
  assert.ok(at > 0);
  const changed =
    sdl.slice(0, at) +
    '  novelty: Int @requiresScopes(scopes: [["credit:agency"]])\n\n' +
    sdl.slice(at).replace('credit:authorised', 'credit:government');
  const other = accessTable(await openSupergraph(readSupergraph(changed)));
  const fields = differences(written, other).map((line) => line.split(/[ |]+/)[1]);
  assert.deepEqual(fields, ['TaxCreditRating.novelty', 'TaxCreditRating.score']);
});

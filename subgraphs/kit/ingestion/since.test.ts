// The days by which the formats of all sectors tell what is news.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listSectors, loadSectors } from '../cli/sectors.ts';

test('what a format names as a day of change is a day of its table', async () => {
  const sectors = await loadSectors(listSectors().map(({ name }) => name));
  const formats = sectors.flatMap(({ sector }) => sector.files);
  assert.ok(formats.length > 0);
  for (const { name, table, changedBy = [] } of formats) {
    if (changedBy === 'updateTime') continue;
    for (const field of changedBy)
      assert.equal(table.columns[field]?.kind, 'date', `${name}.${field}`);
  }
});

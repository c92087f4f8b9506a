// The comparison of reader rights finds each kind of right that the labels do not give.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadSectors } from '../../cli/sectors.ts';
import { readerRole } from '../../database/reader-roles.ts';
import type { Sector } from '../../server/sector.ts';
import { openTestSector, type TestSector } from '../test-sector.ts';
import { compareReaderRights } from './reader-rights.ts';

let sector: Sector;
let opened: TestSector;
let name: string;

before(async () => {
  const [loaded] = await loadSectors(['tax']);
  assert.ok(loaded);
  sector = loaded.sector;
  opened = await openTestSector(sector);
  const { rows } = await opened.pool.query<{ name: string }>('select current_database() as name');
  name = rows[0]?.name ?? '';
});

after(() => opened.close());

async function faultsAfter(statement: string, undo: string): Promise<string> {
  await opened.pool.query(statement);
  const faults = await compareReaderRights(sector, opened.pool, name);
  await opened.pool.query(undo);
  return faults.join('\n');
}

test('finds nothing in what the labels give', async () => {
  assert.deepEqual(await compareReaderRights(sector, opened.pool, name), []);
});

test('finds a column too many and a column too few', async () => {
  const reader = readerRole(name, 'PUBLIC');
  assert.match(
    await faultsAfter(
      `grant select (facts) on inspections to "${reader}"`,
      `revoke select (facts) on inspections from "${reader}"`,
    ),
    /Too many columns that PUBLIC reads: inspections\.facts\./,
  );
  assert.match(
    await faultsAfter(
      `revoke select (grade) on credit_ratings from "${reader}"`,
      `grant select (grade) on credit_ratings to "${reader}"`,
    ),
    /Missing columns that PUBLIC reads: credit_ratings\.grade\./,
  );
});

test('finds a right to write, row security that is off, and a policy of nobody', async () => {
  const reader = readerRole(name, 'AGENCY');
  assert.match(
    await faultsAfter(
      `grant delete on penalties to "${reader}"`,
      `revoke delete on penalties from "${reader}"`,
    ),
    /Too many rights that are granted: DELETE /,
  );
  assert.match(
    await faultsAfter(
      'alter table penalties disable row level security',
      'alter table penalties enable row level security',
    ),
    /Missing tables with row security: penalties\./,
  );
  assert.match(
    await faultsAfter(
      'create policy everybody on penalties using (true)',
      'drop policy everybody on penalties',
    ),
    /Too many row policies: penalties /,
  );
});

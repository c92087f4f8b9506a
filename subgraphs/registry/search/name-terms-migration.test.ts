// Names that were derived by older rules are found by the new ones after the migration.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import knex from 'knex';
import { openTestSector } from '../../kit/conformance/test-sector.ts';
import { up } from '../migrations/20261130_name_slices.ts';
import { sector } from '../sector.ts';
import { linesOf } from '../test-rows.ts';

const NAMES = 'select * from subject_names order by subject_code, no';

test('the migration derives the names of all subjects again, of hidden ones none', async () => {
  const registry = await openTestSector(sector);
  try {
    await registry.importText(
      'rows.jsonl',
      linesOf([
        { index: 96_001, name: '沧岭市旧词有限公司', name_en: 'Cangling Old Terms Co., Ltd.' },
        {
          index: 96_002,
          name: '沧岭市旧语有限公司',
          former_names: [{ name: '旧名', until: '2019-01-01' }],
        },
        { index: 96_003, name: '沧岭市旧词小吃店', prefix: '92' },
      ]),
    );
    const { rows: derived } = await registry.pool.query(NAMES);
    assert.equal(derived.length, 4);
    await registry.pool.query(`update subject_names set terms = '{}', name = 'old'`);
    const { connectionString } = registry.pool.options;
    const database = knex({
      client: 'pg',
      connection: { connectionString: connectionString ?? '' },
    });
    try {
      await database.transaction((transaction) => up(transaction));
    } finally {
      await database.destroy();
    }
    assert.deepEqual((await registry.pool.query(NAMES)).rows, derived);
  } finally {
    await registry.close();
  }
});

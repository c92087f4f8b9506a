import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import iconv from 'iconv-lite';
import { ImportError } from './import-error.ts';
import {
  CODE,
  countsOf,
  csv,
  openImportBench,
  rejectsOf,
  type ImportBench,
} from './test/import-bench.ts';
import { PENALTIES, PENALTY_FILE } from './test/penalty-sector.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

describe('a file that cannot be imported', () => {
  const fails = (promise: Promise<unknown>, pattern: RegExp): Promise<void> =>
    assert.rejects(promise, (error) => {
      assert.ok(error instanceof ImportError);
      assert.match(error.message, pattern);
      return true;
    });

  test('is named with the reason', async () => {
    await fails(bench.importText(''), /empty/);
    await fails(bench.importText('a,b\n1,2\n'), /missing 统一社会信用代码.*\n.*found: a \| b/);
    await fails(
      bench.importText(iconv.encode('統一社會信用代碼,處罰決定日期\n', 'big5')),
      /fit no format[^]*Where they look broken, save the file in UTF-8 or GB 18030/,
    );
    await fails(bench.importText(iconv.encode(csv(), 'utf-16le')), /UTF-16.*save it as CSV/);
    await fails(bench.importText(iconv.encode(csv(), 'utf-32')), /UTF-16 or is no text/);
    await fails(bench.importText('[{"uscc":1}]'), /JSON list/);
    await fails(bench.importText('<html>'), /XML or HTML/);
    await fails(bench.importText(Buffer.from('d0cf11e0a1b11ae1', 'hex')), /\.xls/);
    await fails(
      bench.importText(csv(), { path: join(bench.folder, 'missing.csv') }),
      /no such file/,
    );
    await fails(bench.importText(csv(), { path: bench.folder }), /no such file/);
    await fails(bench.importText(csv(), { limits: { fileBytesMax: 10 } }), /larger than 10 bytes/);
    await fails(bench.importText(csv(), { limits: { columnsMax: 3 } }), /more than 3 columns/);
    await fails(bench.importText(csv(), { as: 'nothing' }), /--as penalties/);
    await fails(
      bench.importText(csv(), { rejectsPath: join(bench.folder, 'penalties.csv') }),
      /must not be the imported file/,
    );
  });

  test('is named with the limit of a line, where one is 10 MB long', async () => {
    const long = 'x'.repeat(10_000_000);
    await fails(bench.importText(long), /^The first line is longer than 1048576 bytes: write one/);
    await fails(
      bench.importText(`{"a":"${long}"}`),
      /^The first lines are longer than 1048576 bytes/,
    );
    const good = `${CODE},文1,,2024-01-05`;
    const receipt = await bench.importText(csv(`${CODE},文2,${long},2024-01-05`, good));
    assert.deepEqual(countsOf(receipt), [2, 1, 0, 0, 1]);
    assert.deepEqual(await rejectsOf(receipt), ['penalties.csv,2,,,longer than 1048576 bytes']);
  });

  test('because the sector fails on a row quotes nothing of it', async () => {
    await fails(bench.importText(csv(`${CODE},文secret,throw,2024-01-05`)), /line 2: Error at/);
    await assert.rejects(
      bench.importText(csv(`${CODE},文secret,throw,2024-01-05`)),
      (error) => error instanceof Error && !error.message.includes('secret') && !error.cause,
    );
  });

  test('because a table is missing says what to do', async () => {
    const files = [{ ...PENALTY_FILE, table: { ...PENALTIES, table: 'absent' } }];
    await fails(
      bench.importText(csv(`${CODE},文1,,2024-01-05`), { sector: { name: 'test', files } }),
      /42P01.*run the migrations/,
    );
  });

  test('because the database refuses a value quotes nothing of it, and keeps nothing', async () => {
    const columns = {
      ...PENALTIES.columns,
      documentNumber: { sql: 'grade', kind: 'text' },
    } as const;
    const files = [{ ...PENALTY_FILE, table: { ...PENALTIES, columns } }];
    await fails(
      bench.importText(csv(`${CODE},文secret,,2024-01-05`), { sector: { name: 'test', files } }),
      /^The database refused it \(SQLSTATE (?!.*secret)/,
    );
    assert.equal((await bench.rows('select 1 from batches')).length, 0);
  });
});

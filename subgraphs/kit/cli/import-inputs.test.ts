// What can be imported beside single files: folders, and standard input.
import assert from 'node:assert/strict';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { after, before, beforeEach, describe, test } from 'node:test';
import { CODE, csv, openImportBench, type ImportBench } from '../ingestion/test/import-bench.ts';
import { runImportOf } from './test/run-import.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

const GOOD = csv(`${CODE},文1,,2024-01-05`);

/** Writes files into a folder of their own. */
async function folderOf(contents: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(bench.folder, 'delivery');
  await rm(folder, { recursive: true, force: true });
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const one = (number: string): string => csv(`${CODE},${number},,2024-01-05`);

describe('a folder', () => {
  test('gives its record files in the order of their names, those of its folders too', async () => {
    const folder = await folderOf({
      'b.csv': one('文b'),
      'a/2.jsonl': `{"uscc":"${CODE}","documentNumber":"文a2","decidedOn":"2024-01-05"}\n`,
      'a/1.csv': csv(`${CODE},文a1,,2024-01-05`, 'x,,,'),
      'c.csv': one('文c'),
      '.hidden.csv': 'x',
      '.git/x.csv': 'x',
      '~$c.xlsx': 'x',
      'b.csv.rejects.csv': 'x',
      'notes.txt': 'x',
    });
    await symlink(join(folder, 'b.csv'), join(folder, 'd.csv'));
    await symlink(folder, join(folder, 'e'));
    const { code, out, err } = await runImportOf(bench, [folder]);
    assert.equal(code, 3);
    const names = out.split('\n').map((line) => line.split(' (penalties)')[0]);
    assert.deepEqual(
      names.filter((name) => /^[a-d]/.test(name ?? '')),
      ['a/1.csv', 'a/2.jsonl', 'b.csv', 'c.csv', 'd.csv'],
    );
    assert.match(out, /d\.csv \(penalties\) +unchanged file/);
    assert.match(out, /5 files, 1 of them known +5 +4 +0 +0 +1/);
    assert.match(err, /^Left out, being no record files by their names: notes\.txt\n$/);
    const rejects = join(bench.folder, 'rejects', 'test', 'a', '1.csv.rejects.csv');
    assert.ok(out.includes(`refused rows: ${rejects}\n`));
    const [batch] = await bench.rows(`select 1 from batches where file_name = 'a/1.csv'`);
    assert.ok(batch);
  });

  test('keeps the refused rows of files of one name apart', async () => {
    const bad = (facts: string): string =>
      csv(`x,${facts},,2024-01-05`, `${CODE},${facts},,2024-01-05`);
    const folder = await folderOf({ '1/a.csv': bad('文1'), '2/a.csv': bad('文2') });
    const { out } = await runImportOf(bench, [
      join(folder, '1', 'a.csv'),
      join(folder, '2', 'a.csv'),
    ]);
    assert.match(out, /a\.csv\.rejects\.csv\n[^]*a\.csv\.2\.rejects\.csv\n/);
  });

  test('without a record file is a mistake', async () => {
    const { code, err } = await runImportOf(bench, [await folderOf({ 'notes.txt': 'x' })]);
    assert.equal(code, 2);
    assert.match(err, /The folder delivery holds no record file/);
  });

  test('goes on after a file that failed, and stops where the database is gone', async () => {
    const folder = await folderOf({ 'a.csv': 'a,b\n', 'b.csv': one('文b'), 'c.csv': one('文c') });
    assert.equal((await runImportOf(bench, [folder])).code, 1);
    assert.equal((await bench.rows('select 1 from penalties')).length, 2);
    const gone = new URL(bench.url);
    gone.port = '1';
    const { code, err } = await runImportOf(bench, [folder], { databaseUrl: gone.href });
    assert.equal(code, 1);
    assert.match(err, /b\.csv: There is no connection to the database \(ECONNREFUSED\)/);
    assert.match(err, /Not tried: 1 more\. The same command again goes on/);
  });
});

describe('standard input', () => {
  const spoolFolder = (): Promise<readonly string[]> => readdir(join(bench.folder, 'spool'));

  test('is imported as a file is, known again by its bytes, and leaves nothing on the disk', async () => {
    const input = (): Readable =>
      Readable.from([Buffer.from(GOOD.slice(0, 9)), Buffer.from(GOOD.slice(9))]);
    const { code, out } = await runImportOf(bench, ['-'], { input: input() });
    assert.equal(code, 0);
    assert.match(out, /standard-input \(penalties\) +1 +1 +0/);
    assert.match((await runImportOf(bench, ['-'], { input: input() })).out, /unchanged file/);
    assert.deepEqual(await spoolFolder(), []);
  });

  test('that breaks off, or is a terminal, fails with the reason', async () => {
    const broken = Readable.from(
      (async function* () {
        yield await Promise.resolve(Buffer.from(GOOD));
        throw new Error('secret');
      })(),
    );
    const { code, err } = await runImportOf(bench, ['-'], { input: broken });
    assert.equal(code, 1);
    assert.match(err, /^standard-input: The import failed: Error at/);
    assert.deepEqual(await spoolFolder(), []);
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    assert.match((await runImportOf(bench, ['-'], { input: terminal })).err, /Nothing is piped/);
    assert.match((await runImportOf(bench, ['-', '-'])).err, /read once/);
    assert.deepEqual(await bench.rows('select 1 from batches'), []);
  });

  test('that an interrupt meets ends at once', async () => {
    const controller = new AbortController();
    const input = new PassThrough();
    setImmediate(() => {
      controller.abort();
    });
    const { code } = await runImportOf(bench, ['-'], { input, signal: controller.signal });
    assert.equal(code, 130);
  });
});

import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, beforeEach, describe, test } from 'node:test';
import { CODE, csv, openImportBench, type ImportBench } from '../ingestion/test/import-bench.ts';
import { makeResidentNumber } from '../ingestion/test/resident-number.ts';
import { importProgress } from './import-progress.ts';
import { runImport } from './test/run-import.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

const GOOD = csv(`${CODE},文1,,2024-01-05`);

describe('the command import', () => {
  test('writes a table of receipts, and ends with 0 when every row is in', async () => {
    const { code, out, err } = await runImport(bench, {
      'a.csv': GOOD,
      'b.csv': csv(`${CODE},文1,changed,2024-01-05`, `${CODE},文2,,2024-01-05`),
    });
    assert.equal(code, 0);
    assert.equal(err, '');
    const lines = out.trimEnd().split('\n');
    assert.match(
      lines[0] ?? '',
      /^file \(format\) +read +inserted +changed +unchanged +rejected +sec/,
    );
    assert.match(lines[1] ?? '', /^a\.csv \(penalties\) +1 +1 +0 +0 +0 +\d+\.\d$/);
    assert.match(lines[2] ?? '', /^b\.csv \(penalties\) +2 +1 +1 +0 +0 +\d+\.\d$/);
    assert.match(lines[3] ?? '', /^2 files +3 +2 +1 +0 +0 +\d+\.\d$/);
    assert.equal(lines.length, 4);
  });

  test('says that a file is known, and ends with 0', async () => {
    await runImport(bench, { 'a.csv': GOOD });
    const { code, out } = await runImport(bench, { 'a.csv': GOOD });
    assert.equal(code, 0);
    assert.match(out, /a\.csv \(penalties\) +unchanged file: batch [0-9a-f-]{36} holds it/);
  });

  test('ends with 3 when rows were refused, and names the file that lists them', async () => {
    const { code, out } = await runImport(bench, {
      'a.csv': csv(`${CODE},文1,,2024-01-05`, 'x,文2,,2024-01-05'),
    });
    assert.equal(code, 3);
    const path = join(bench.folder, 'rejects', 'test', 'a.csv.rejects.csv');
    assert.ok(out.includes(`refused rows: ${path}\n`));
  });

  test('ends with 1 when a file failed, having imported the others', async () => {
    const { code, out, err } = await runImport(bench, {
      'bad.csv': 'a,b\n1,2\n',
      'good.csv': GOOD,
    });
    assert.equal(code, 1);
    assert.match(err, /^bad\.csv: The headings fit no format/);
    assert.match(out, /good\.csv/);
    assert.equal((await bench.rows('select 1 from penalties')).length, 1);
  });

  test('ends with 2 when the command line is wrong, having done nothing', async () => {
    const wrong = await runImport(bench, { 'a.csv': GOOD }, { as: 'nothing' });
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /its formats: penalties/);
    const two = await runImport(bench, { 'a.csv': GOOD, 'b.csv': GOOD }, { rejects: '/tmp/r.csv' });
    assert.equal(two.code, 2);
    assert.equal((await runImport(bench, {}, {})).code, 2);
    assert.equal((await bench.rows('select 1 from batches')).length, 0);
  });

  test('ends with 130 when it is interrupted, leaving the files behind unread', async () => {
    const { code, out, err } = await runImport(
      bench,
      { 'a.csv': GOOD, 'b.csv': GOOD },
      { signal: AbortSignal.abort() },
    );
    assert.equal(code, 130);
    assert.equal(out, '');
    assert.match(
      err,
      /^a\.csv: The import was stopped; nothing of the file was kept\.\nNot tried: 1 more\./,
    );
  });

  test('writes receipts as JSON, one a line, errors too', async () => {
    const { out } = await runImport(bench, { 'bad.csv': '', 'a.csv': GOOD }, { json: true });
    const [failed, receipt] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual([failed?.['file'], failed?.['kind']], ['bad.csv', 'input']);
    assert.match(String(failed?.['error']), /empty/);
    assert.equal(receipt?.['sector'], 'test');
    assert.equal(receipt['inserted'], 1);
  });

  test('does not print the name of a file that names a person', async () => {
    const number = makeResidentNumber();
    const { out, err } = await runImport(bench, { [`${number}.csv`]: csv('x,文2,,2024-01-05') });
    assert.equal((out + err).includes(number), false);
    assert.match(out, /\[withheld\]/);
  });
});

describe('the words of an import', () => {
  test('that are wrong are answered before anything is done', async () => {
    await writeFile(join(bench.folder, 'm.yaml'), 'format: nothing');
    for (const [words, pattern] of [
      [{ since: 'yesterday' }, /--since takes a day/],
      [{ rejectLimit: 'few' }, /--reject-limit takes/],
      [{ columns: join(bench.folder, 'm.yaml') }, /there is no "nothing"/],
      [{ columns: join(bench.folder, 'absent') }, /file or folder is missing/],
      [{ columns: join(bench.folder, 'm.yaml'), as: 'penalties' }, /leave --as out/],
    ] as const) {
      const { code, err } = await runImport(bench, { 'a.csv': GOOD }, words);
      assert.equal(code, 2, err);
      assert.match(err, pattern);
    }
    const two = await runImport(bench, { 'a.csv': GOOD, 'b.csv': GOOD }, { since: 'last' });
    assert.deepEqual([two.code, two.err.startsWith('--since last takes one file')], [2, true]);
    assert.deepEqual(await bench.rows('select 1 from batches'), []);
  });

  test('with a mapping read headings of another system, and know the file by both', async () => {
    const columns = join(bench.folder, 'mapping.yaml');
    const headings = 'columns: { 代码: code, 号: number, 日: decidedOn }\nformat: penalties\n';
    await writeFile(columns, `${headings}dates: { decidedOn: DD/MM/YYYY }`);
    const file = { 'export.csv': `代码,号,日\n${CODE},文1,05/01/2024\n${CODE},文2,2024-01-05\n` };
    const first = await runImport(bench, file, { columns });
    assert.equal(first.code, 3, first.err);
    assert.match(first.out, /export\.csv \(penalties\) +2 +1 +0 +0 +1/);
    assert.match((await runImport(bench, file, { columns })).out, /unchanged file/);
    await writeFile(columns, headings);
    assert.match((await runImport(bench, file, { columns })).out, /export\.csv .* 2 +1 +0 +0 +1/);
    await writeFile(columns, headings.replace('日:', '日期:'));
    const wrong = await runImport(bench, file, { columns, again: true });
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /the file has no heading "日期"\n {2}found: 代码 \| 号 \| 日/);
  });

  test('for trial show the reasons, and write neither records nor files', async () => {
    const { code, out } = await runImport(
      bench,
      { 'trial.csv': csv(`${CODE},文1,,2024-01-05`, 'x,文2,,2024-01-05') },
      { dryRun: true },
    );
    assert.equal(code, 3);
    assert.match(out, /^A trial: nothing is written\.\n/);
    assert.match(out, /trial\.csv \(penalties\) +2 +1 +0 +0 +1/);
    assert.match(out, /\n {2}line 3, 统一社会信用代码: /);
    assert.deepEqual(await bench.rows('select 1 from batches'), []);
    const rejects = await readdir(join(bench.folder, 'rejects', 'test'));
    assert.equal(rejects.includes('trial.csv.rejects.csv'), false);
  });

  test('with a limit of refused rows keep the file out, and say where the reasons are', async () => {
    const { code, err } = await runImport(
      bench,
      { 'a.csv': csv(`${CODE},文1,,2024-01-05`, 'x,文2,,2024-01-05') },
      { rejectLimit: '10%' },
    );
    assert.equal(code, 1);
    assert.match(err, /^a\.csv: 1 of the 2 rows were refused[^]*\n {2}.*a\.csv\.rejects\.csv\n$/);
  });
});

describe('the progress of an import', () => {
  function progressOn(terminal: boolean): {
    readonly text: () => string;
    readonly run: () => void;
  } {
    const stream = new PassThrough();
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const tty = Object.assign(stream, { isTTY: terminal }) as unknown as NodeJS.WriteStream;
    let now = 0;
    const line = importProgress('/files/a.csv', 1_000, tty, () => now);
    return {
      text: () => text,
      run: () => {
        for (let i = 1; i <= 100; i++) {
          now = i * 100;
          line.show({ phase: 'reading', bytesRead: i * 10, rowsRead: i * 2_000, rowsRejected: 3 });
        }
        line.show({ phase: 'merging', bytesRead: 1_000, rowsRead: 200_000, rowsRejected: 3 });
        line.end();
      },
    };
  }

  test('is one line drawn again on a terminal, and cleared', () => {
    const { run: runIt, text } = progressOn(true);
    runIt();
    assert.equal(text().includes('\n'), false);
    assert.match(text(), /\r.*a\.csv: 10 %, 20,000 rows read, 3 refused, 20,000 rows\/s/);
    assert.ok(text().endsWith('\r\u001b[K'));
  });

  test('is a line every few seconds elsewhere', () => {
    const { run: runIt, text } = progressOn(false);
    runIt();
    assert.deepEqual(text().trimEnd().split('\n'), [
      'a.csv: 10 %, 20,000 rows read, 3 refused, 20,000 rows/s',
      'a.csv: 60 %, 120,000 rows read, 3 refused, 20,000 rows/s',
      'a.csv: merging 200,000 rows, 3 refused',
    ]);
  });
});

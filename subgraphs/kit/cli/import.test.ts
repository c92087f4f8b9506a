import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, beforeEach, describe, test } from 'node:test';
import { CODE, csv, openImportBench, type ImportBench } from '../ingestion/test/import-bench.ts';
import { PENALTY_SECTOR } from '../ingestion/test/penalty-sector.ts';
import { makeResidentNumber } from '../ingestion/test/resident-number.ts';
import { importCommand, type ImportRequest } from './import.ts';
import { importProgress } from './import-progress.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(
  contents: Readonly<Record<string, string>>,
  request: Partial<ImportRequest> = {},
): Promise<Ran> {
  const files: string[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const path = join(bench.folder, name);
    await writeFile(path, content);
    files.push(path);
  }
  let out = '';
  let err = '';
  const code = await importCommand({
    sector: PENALTY_SECTOR,
    databaseUrl: bench.url,
    files,
    dataDirectory: bench.folder,
    write: {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    },
    ...request,
  });
  return { code, out, err };
}

const GOOD = csv(`${CODE},文1,,2024-01-05`);

describe('the command import', () => {
  test('writes a table of receipts, and ends with 0 when every row is in', async () => {
    const { code, out, err } = await run({
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
    assert.equal(lines.length, 3);
  });

  test('says that a file is known, and ends with 0', async () => {
    await run({ 'a.csv': GOOD });
    const { code, out } = await run({ 'a.csv': GOOD });
    assert.equal(code, 0);
    assert.match(out, /a\.csv \(penalties\) +unchanged file: batch [0-9a-f-]{36} holds it/);
  });

  test('ends with 3 when rows were refused, and names the file that lists them', async () => {
    const { code, out } = await run({
      'a.csv': csv(`${CODE},文1,,2024-01-05`, 'x,文2,,2024-01-05'),
    });
    assert.equal(code, 3);
    const path = join(bench.folder, 'rejects', 'test', 'a.csv.rejects.csv');
    assert.ok(out.includes(`refused rows: ${path}\n`));
  });

  test('ends with 1 when a file failed, having imported the others', async () => {
    const { code, out, err } = await run({ 'bad.csv': 'a,b\n1,2\n', 'good.csv': GOOD });
    assert.equal(code, 1);
    assert.match(err, /^bad\.csv: The headings fit no format/);
    assert.match(out, /good\.csv/);
    assert.equal((await bench.rows('select 1 from penalties')).length, 1);
  });

  test('ends with 2 when the command line is wrong, having done nothing', async () => {
    const wrong = await run({ 'a.csv': GOOD }, { as: 'nothing' });
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /its formats: penalties/);
    const two = await run({ 'a.csv': GOOD, 'b.csv': GOOD }, { rejects: '/tmp/r.csv' });
    assert.equal(two.code, 2);
    assert.equal((await run({}, {})).code, 2);
    assert.equal((await bench.rows('select 1 from batches')).length, 0);
  });

  test('ends with 130 when it is interrupted, leaving the files behind unread', async () => {
    const { code, out, err } = await run(
      { 'a.csv': GOOD, 'b.csv': GOOD },
      { signal: AbortSignal.abort() },
    );
    assert.equal(code, 130);
    assert.equal(out, '');
    assert.match(err, /^a\.csv: The import was stopped; nothing of the file was kept\.\n$/);
  });

  test('writes receipts as JSON, one a line, errors too', async () => {
    const { out } = await run({ 'bad.csv': '', 'a.csv': GOOD }, { json: true });
    const [failed, receipt] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(Object.keys(failed ?? {}), ['file', 'error']);
    assert.equal(receipt?.['sector'], 'test');
    assert.equal(receipt['inserted'], 1);
  });

  test('does not print the name of a file that names a person', async () => {
    const number = makeResidentNumber();
    const { out, err } = await run({ [`${number}.csv`]: csv('x,文2,,2024-01-05') });
    assert.equal((out + err).includes(number), false);
    assert.match(out, /\[withheld\]/);
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

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, beforeEach, describe, test } from 'node:test';
import { pino } from 'pino';
import writeXlsxFile from 'write-excel-file/node';
import type { ImportOptions, Receipt } from './import-file.ts';
import { CODE, csv, openImportBench, rejectsOf, type ImportBench } from './test/import-bench.ts';
import { makeOldResidentNumber, makeResidentNumber } from './test/resident-number.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

const NUMBER = makeResidentNumber();
const OLD = makeOldResidentNumber();
const GOOD = `${CODE},文0,,2024-01-05`;

/** Every text in which a number could come out again, folded so that no spelling hides it. */
async function outputsOf(
  content: string | Buffer,
  name?: string,
): Promise<{ readonly text: string; readonly receipt: Receipt | undefined }> {
  const stream = new PassThrough();
  const logged: string[] = [];
  stream.on('data', (chunk: Buffer) => logged.push(chunk.toString()));
  const options: Partial<ImportOptions> = { log: pino({ level: 'trace' }, stream) };
  const outputs: string[] = [];
  let receipt: Receipt | undefined;
  try {
    receipt = await bench.importText(content, options, name);
    outputs.push(JSON.stringify(receipt));
  } catch (error) {
    assert.ok(error instanceof Error);
    outputs.push(error.message, error.stack ?? '', String(error.cause));
  }
  outputs.push(await readFile(join(bench.folder, 'rejects.csv'), 'utf8').catch(() => ''));
  for (const table of ['penalties', 'batches']) {
    outputs.push(JSON.stringify(await bench.rows(`select * from ${table}`)));
  }
  outputs.push(...logged);
  return { text: outputs.join('\n').normalize('NFKC').replace(/[\s-]/g, ''), receipt };
}

function holds(text: string): boolean {
  return [NUMBER, OLD].some((number) => text.includes(number.slice(0, 14)));
}

describe('a row with a resident number', () => {
  test('is refused wherever the number stands, and nothing shows it', async () => {
    const wide = NUMBER.replace(/[0-9X]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    const spaced = `${NUMBER.slice(0, 6)} ${NUMBER.slice(6, 14)}-${NUMBER.slice(14)}`;
    for (const number of [NUMBER, NUMBER.toLowerCase(), wide, spaced, OLD]) {
      await bench.empty();
      const { text, receipt } = await outputsOf(
        csv(
          GOOD,
          `${number},文1,,2024-01-05`,
          `${CODE},${number},,2024-01-05`,
          `${CODE},文3,某人(${number})所为,2024-01-05`,
          `${CODE},文4,,${number}`,
          `bad,文5,${number},bad`,
        ),
      );
      assert.equal(holds(text), false, 'a number came out');
      assert.equal(receipt?.inserted, 1);
      assert.equal(receipt.rejected, 5);
      const lines = await rejectsOf(receipt);
      assert.equal(lines.length, 5, 'one rejection a row');
      for (const line of lines)
        assert.match(line, /,\[withheld\],holds a resident identity number$/);
    }
  });

  test('is refused for a column that the format does not know', async () => {
    const { text, receipt } = await outputsOf(
      `统一社会信用代码,行政处罚决定书文号,处罚决定日期,法定代表人证件号\n${CODE},文1,2024-01-05,${NUMBER}\n`,
    );
    assert.equal(holds(text), false);
    assert.deepEqual([receipt?.inserted, receipt?.rejected], [0, 1]);
  });

  test('mistyped, in the column of codes, is withheld as well', async () => {
    const wrong = NUMBER.slice(0, 17) + (NUMBER.endsWith('1') ? '2' : '1');
    const { text, receipt } = await outputsOf(csv(GOOD, `${wrong},文1,,2024-01-05`));
    assert.equal(holds(text), false);
    assert.ok(receipt);
    assert.match((await rejectsOf(receipt))[0] ?? '', /\[withheld\],"looks like a resident/);
  });

  test('with too many fields, or a broken quote, shows nothing of the line', async () => {
    const { text, receipt } = await outputsOf(
      csv(GOOD, `${CODE},文1,a,${NUMBER},2024-01-05`, `${CODE},"文2 ${NUMBER},,2024-01-05`),
    );
    assert.equal(holds(text), false);
    assert.equal(receipt?.rejected, 2);
  });

  test('is refused in JSON Lines: as text, number, nested value, key or escape', async () => {
    const base = `"uscc":"${CODE}","documentNumber":"a","decidedOn":"2024-01-05"`;
    const escaped = NUMBER.replace(
      /./g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const digits = NUMBER.replace(/X$/, '0');
    const { text, receipt } = await outputsOf(
      [
        `{${base}}`,
        `{${base},"facts":"${NUMBER}"}`,
        `{${base},"facts":"${escaped}"}`,
        `{${base},"other":${digits}}`,
        `{${base},"details":{"a":[{"b":"${NUMBER}"}]}}`,
        `{${base},"details":{"a":[${digits}]}}`,
        `{${base},"details":{"${NUMBER}":1}}`,
        `{${base},"${NUMBER}":1}`,
        `{${base},"facts":"${NUMBER}"`,
      ].join('\n'),
      'penalties.jsonl',
    );
    assert.equal(holds(text), false, 'a number came out');
    assert.deepEqual([receipt?.inserted, receipt?.rejected], [1, 8]);
  });

  test('is refused in a workbook, as text and as a number that lost digits', async () => {
    const headings = ['统一社会信用代码', '行政处罚决定书文号', '违法事实', '处罚决定日期'];
    const row = (number: string | number): (string | number)[] => [
      CODE,
      '文1',
      number,
      '2024-01-05',
    ];
    const cells = [headings, row('a'), row(NUMBER), row(Number(NUMBER.replace('X', '0')))];
    const bytes = await writeXlsxFile(cells).toBuffer();
    const { text, receipt } = await outputsOf(bytes, 'penalties.xlsx');
    assert.equal(holds(text), false);
    assert.deepEqual([receipt?.inserted, receipt?.rejected], [1, 2]);
  });

  test('does not come out of a file without headings, nor of the name of the file', async () => {
    const { text } = await outputsOf(`${NUMBER},张某\n${OLD},李某\n`, `${NUMBER}.csv`);
    assert.equal(holds(text), false);
    assert.match(text, /Theheadingsfitnoformat/);
    const named = await outputsOf(csv(GOOD), `${NUMBER}.csv`);
    assert.equal(named.receipt?.file, '[withheld]');
    assert.equal(holds(named.text), false);
  });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import iconv from 'iconv-lite';
import type { ImportOptions } from './import-file.ts';
import { ImportError } from './import-error.ts';
import {
  CODE,
  countsOf,
  csv,
  openImportBench,
  rejectsOf,
  type ImportBench,
} from './test/import-bench.ts';
import { PENALTIES, PENALTY_FILE, PENALTY_SECTOR } from './test/penalty-sector.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

describe('an imported file', () => {
  test('becomes records with provenance, clocks, class and batch', async () => {
    const receipt = await bench.importText(
      'uscc,documentNumber,facts,grade,fine（万元）,score,count,appealed,decidedOn,validUntil,details,retrievedAt\n' +
        '91990101ma7k3p2q8j,文1,"a\\b ""c""\n\td",A级,1.2,95.50,3,是,2024-1-5,2027/1/4,"{""k"":""v\\\\t""}",2026-01-01T08:00:00+08:00\n',
    );
    assert.deepEqual(countsOf(receipt), [1, 1, 0, 0, 0]);
    assert.equal(receipt.format, 'penalties');
    assert.equal(receipt.kind, 'CSV');
    assert.equal(receipt.rejectsFile, null);
    const [row] = await bench.rows('select * from penalties');
    assert.match(String(row?.['record_id']), /^[0-9a-f]{26}$/);
    assert.deepEqual(
      { ...row, record_id: '', recorded_at: '', content_hash: '' },
      {
        subject_code: CODE,
        record_id: '',
        version: 1,
        recorded_at: '',
        superseded_at: null,
        batch_id: receipt.batchId,
        content_hash: '',
        disclosure_class: 'PUBLIC',
        state: 'EFFECTIVE',
        state_reason: null,
        dispute: 'NONE',
        publisher: '测试局',
        publisher_code: null,
        document_number: '文1',
        decided_on: '2024-01-05',
        published_on: null,
        retrieved_at: '2026-01-01T00:00:00.000Z',
        display_start: 'DECIDED',
        display_from: '2024-01-05',
        display_until: '2027-01-04',
        query_start: 'DECIDED',
        query_from: '2024-01-05',
        query_until: '2027-01-04',
        deletion_start: 'DECIDED',
        deletion_from: '2024-01-05',
        deletion_until: '2027-01-04',
        sort_date: '2024-01-05',
        penalty_number: '文1',
        facts: 'a\\b "c"\n\td',
        grade: 'A',
        fine_minor: 1_200_000,
        fine_currency: 'CNY',
        score: 95.5,
        invoice_count: 3,
        appealed: true,
        valid_until: '2027-01-04',
        details: { k: 'v\\t' },
      },
    );
  });

  test('is entered in the register with its counts', async () => {
    const receipt = await bench.importText(csv(`${CODE},文1,,2024-01-05`, 'x,文2,,2024-01-05'));
    const [batch] = await bench.rows('select * from batches');
    assert.equal(batch?.['batch_id'], receipt.batchId);
    assert.equal(batch['file_name'], 'penalties.csv');
    assert.equal(batch['format'], 'penalties');
    assert.equal(batch['state'], 'DONE');
    assert.match(String(batch['file_hash']), /^[0-9a-f]{64}$/);
    assert.deepEqual([batch['read'], batch['inserted'], batch['rejected']], [2, 1, 1]);
    assert.ok(batch['finished_at']);
  });

  test('is not read again, unless the caller insists; its rows in another file are unchanged', async () => {
    const content = csv(`${CODE},文1,,2024-01-05`, `${CODE},文2,,2024-01-06`);
    const first = await bench.importText(content);
    const second = await bench.importText(content, {}, 'renamed.csv');
    assert.equal(second.alreadyImported, true);
    assert.equal(second.batchId, first.batchId);
    assert.deepEqual(countsOf(second), [0, 0, 0, 0, 0]);
    assert.deepEqual(countsOf(await bench.importText(content, { again: true })), [2, 0, 0, 2, 0]);
    assert.deepEqual(countsOf(await bench.importText(`${content}\n`)), [2, 0, 0, 2, 0]);
    assert.equal((await bench.rows('select 1 from penalties')).length, 2);
  });

  test('that was imported before is known also when its bytes come as a stream', async () => {
    const content = Buffer.from(csv(`${CODE},文1,,2024-01-05`));
    // oxlint-disable-next-line typescript/require-await -- a stream does wait
    async function* stream(): AsyncGenerator<Buffer> {
      for (let at = 0; at < content.length; at += 7) yield content.subarray(at, at + 7);
    }
    const first = await bench.importText('', { content: stream() });
    assert.deepEqual(countsOf(first), [1, 1, 0, 0, 0]);
    const second = await bench.importText('', { content: stream() });
    assert.equal(second.alreadyImported, true);
    assert.equal(second.batchId, first.batchId);
    assert.equal((await bench.importText(content)).alreadyImported, true);
  });

  test('supersedes what it changes and keeps the history', async () => {
    await bench.importText(csv(`${CODE},文1,before,2024-01-05`, `${CODE},文2,same,2024-01-05`));
    const receipt = await bench.importText(
      csv(`${CODE},文1,after,2024-01-05`, `${CODE},文2,same,2024-01-05`, `${CODE},文3,,2024-01-07`),
    );
    assert.deepEqual(countsOf(receipt), [3, 1, 1, 1, 0]);
    await bench.importText(csv(`${CODE},文1,before,2024-01-05`));
    const versions = await bench.rows(
      `select version, facts, superseded_at, recorded_at, lead(recorded_at) over (order by version) as next
       from penalties where document_number = '文1' order by version`,
    );
    assert.deepEqual(
      versions.map((row) => [row['version'], row['facts'], row['superseded_at'] === row['next']]),
      [
        [1, 'before', true],
        [2, 'after', true],
        [3, 'before', true],
      ],
    );
    assert.equal(versions.at(-1)?.['superseded_at'], null);
    const [same] = await bench.rows(`select count(*) from penalties where document_number = '文2'`);
    assert.equal(same?.['count'], 1);
  });

  test('takes a later day of retrieval alone for no change', async () => {
    const content = (at: string): string =>
      `uscc,documentNumber,decidedOn,retrievedAt\n${CODE},文1,2024-01-05,${at}\n`;
    await bench.importText(content('2026-01-01'));
    assert.deepEqual(countsOf(await bench.importText(content('2026-02-01'))), [1, 0, 0, 1, 0]);
  });

  test('that states a record twice alike keeps one, and differently none, naming the lines', async () => {
    const receipt = await bench.importText(
      csv(
        `${CODE},文1,same,2024-01-05`,
        `${CODE},文1,same,2024-01-05`,
        `${CODE},文2,one,2024-01-05`,
        `${CODE},文3,,2024-01-05`,
        `${CODE},文2,other,2024-01-05`,
      ),
    );
    assert.deepEqual(countsOf(receipt), [5, 2, 0, 1, 2]);
    assert.deepEqual(await rejectsOf(receipt), [
      'penalties.csv,4,,,"lines 4, 6 state the same record differently"',
      'penalties.csv,6,,,"lines 4, 6 state the same record differently"',
    ]);
    const stored = await bench.rows('select document_number from penalties order by 1');
    assert.deepEqual(
      stored.map((row) => row['document_number']),
      ['文1', '文3'],
    );
  });

  test('in GB18030 holds the same records as in UTF-8', async () => {
    const content = csv(`${CODE},文㐂1,未按规定期限,2024-01-05`);
    await bench.importText(Buffer.from(`\ufeff${content}`));
    const receipt = await bench.importText(iconv.encode(content, 'gb18030'));
    assert.deepEqual(countsOf(receipt), [1, 0, 0, 1, 0]);
  });

  test('refuses rows, with line, column, cell and reason, and takes the others', async () => {
    const receipt = await bench.importText(
      Buffer.concat([
        Buffer.from(
          csv(
            `${CODE},文1,,2024-02-30`,
            `MA7K3P2Q-8,文2,,2024-01-05`,
            `330203000030639,文3,,2024-01-05`,
            `9199****,文4,,2024-01-05`,
            `${CODE},,,2024-01-05`,
            `${CODE},文6,a,b,2024-01-05`,
            `${CODE},文7,,\\N`,
            `${CODE},文8,,2099-01-05`,
            `=1+1,文9,,@SUM(A1)`,
            `${CODE},文10,"open,2024-01-05`,
            `${CODE},文11,,2024-01-05`,
          ),
        ),
        iconv.encode(`${CODE},文12,坏数据,2024-01-05\n`, 'gbk'),
        Buffer.from(`${CODE},文13,,9999-12-31\n`),
      ]),
    );
    assert.deepEqual(countsOf(receipt), [13, 1, 0, 0, 12]);
    const lines = await rejectsOf(receipt);
    const expected = [
      /^penalties\.csv,2,处罚决定日期,2024-02-30,not a day of the calendar$/,
      /^penalties\.csv,3,统一社会信用代码,MA7K3P2Q-8,"9 characters: an organisation code/,
      /^penalties\.csv,4,统一社会信用代码,330203000030639,"15 digits: a legacy registration/,
      /^penalties\.csv,5,统一社会信用代码,9199\*{4},masked/,
      /^penalties\.csv,6,行政处罚决定书文号,,is empty$/,
      /^penalties\.csv,7,,,"5 fields, expected 4: an unquoted comma\?"$/,
      /^penalties\.csv,8,处罚决定日期,,is empty$/,
      /^penalties\.csv,9,处罚决定日期,2099-01-05,lies in the future$/,
      /^penalties\.csv,10,统一社会信用代码,"'=1\+1",/,
      /^penalties\.csv,10,处罚决定日期,"'@SUM\(A1\)",/,
      /^penalties\.csv,11,,,a quote is opened and not closed$/,
      /^penalties\.csv,13,行政处罚决定书文号,.*broken characters/,
      /^penalties\.csv,14,处罚决定日期,9999-12-31,lies in the future$/,
    ];
    assert.equal(lines.length, expected.length);
    for (const [index, pattern] of expected.entries()) assert.match(lines[index] ?? '', pattern);
  });

  test('replaces the rejects file of an earlier import, and leaves none where nothing is refused', async () => {
    await bench.importText(csv('x,文1,,2024-01-05'));
    await bench.importText(csv(`${CODE},文1,,2024-01-05`));
    await assert.rejects(readFile(join(bench.folder, 'rejects.csv')), { code: 'ENOENT' });
  });

  test('runs the hook of the sector before anything is visible, and falls with it', async () => {
    const seen: unknown[] = [];
    const sector = (fail: boolean): ImportOptions['sector'] => ({
      ...PENALTY_SECTOR,
      afterMerge: async (client, batchId) => {
        const inside = await client.query('select 1 from penalties where batch_id = $1', [batchId]);
        seen.push(inside.rowCount, (await bench.rows('select 1 from penalties')).length);
        if (fail) throw new Error(`quotes ${CODE}`);
      },
    });
    const content = csv(`${CODE},文1,,2024-01-05`);
    await assert.rejects(
      bench.importText(content, { sector: sector(true) }),
      (error) => error instanceof ImportError && !error.message.includes(CODE),
    );
    assert.deepEqual(seen, [1, 0]);
    assert.equal((await bench.rows('select 1 from batches')).length, 0);
    await bench.importText(content, { sector: sector(false) });
    assert.equal((await bench.rows('select 1 from penalties')).length, 1);
  });

  test('keeps the stricter of the class of the table and of the row', async () => {
    const file = (
      table: 'PUBLIC' | 'AGENCY',
      row: 'PUBLIC' | 'GOVERNMENT',
    ): typeof PENALTY_FILE => ({
      ...PENALTY_FILE,
      table: { ...PENALTIES, class: table },
      draft: (cells, reject) => ({ ...PENALTY_FILE.draft(cells, reject), disclosureClass: row }),
    });
    const classOf = async (number: string, made: typeof PENALTY_FILE): Promise<unknown> => {
      const sector = { name: 'test', files: [made] };
      await bench.importText(csv(`${CODE},${number},,2024-01-05`), { sector });
      const where = `document_number = '${number}'`;
      return (await bench.rows(`select disclosure_class from penalties where ${where}`))[0]?.[
        'disclosure_class'
      ];
    };
    assert.equal(await classOf('文1', file('PUBLIC', 'GOVERNMENT')), 'GOVERNMENT');
    assert.equal(await classOf('文2', file('AGENCY', 'PUBLIC')), 'AGENCY');
  });

  test('refuses a row whose key is empty or whose days are none, by the name of the field', async () => {
    const broken = (part: Readonly<Record<string, unknown>>): ImportOptions['sector'] => ({
      name: 'test',
      files: [
        {
          ...PENALTY_FILE,
          draft: (cells, reject) => ({ ...PENALTY_FILE.draft(cells, reject), ...part }),
        },
      ],
    });
    for (const [part, reason] of [
      [{ values: {}, source: { publisher: 'a' } }, 'documentNumber,,"is empty, and without it'],
      [{ values: { documentNumber: 'a', other: 1 } }, 'other,,is no column'],
      [{ values: { documentNumber: 'a', validUntil: 'OPEN' } }, 'validUntil,,"is ""no end"""'],
      [{ values: { documentNumber: 'a', count: 1.5 } }, 'count,,is not a whole number'],
      [{ sortDate: 'OPEN' }, 'sortDate,,"is ""no end"""'],
      [{ source: { publisher: ' ' } }, 'publisher,,is empty'],
    ] as const) {
      const receipt = await bench.importText(csv(`${CODE},文1,,2024-01-05`), {
        sector: broken(part),
      });
      assert.equal(receipt.rejected, 1);
      const [line = ''] = await rejectsOf(receipt);
      assert.ok(line.includes(reason.slice(0, 24)), line);
      await bench.pool.query('truncate batches');
    }
  });
});

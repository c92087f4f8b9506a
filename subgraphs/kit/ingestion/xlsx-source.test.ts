import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { ImportError } from './import-error.ts';
import {
  CODE,
  countsOf,
  openImportBench,
  rejectsOf,
  type ImportBench,
} from './test/import-bench.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

const HEADINGS = ['统一社会信用代码', '行政处罚决定书文号', '罚款金额（元）', '处罚决定日期'];

function sheet(rows: SheetData): Promise<Buffer> {
  return writeXlsxFile(rows).toBuffer();
}

describe('a workbook', () => {
  test('gives texts, numbers, dates and yes or no of its first sheet', async () => {
    const date = { value: new Date('2024-01-05T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' };
    const bytes = await sheet([
      [...HEADINGS, '是否复议', '得分'],
      [CODE, '文1', 12345.6, date, true, 95.5],
      [CODE, '文2', '1.2万元', '2024年1月5日', '否', '无'],
      [CODE, '文3', null, 45_296, null, null],
    ]);
    const receipt = await bench.importText(bytes, {}, 'a.xlsx');
    assert.equal(receipt.kind, 'XLSX');
    assert.deepEqual(countsOf(receipt), [3, 3, 0, 0, 0]);
    const rows = await bench.rows(
      'select fine_minor, decided_on, appealed, score from penalties order by penalty_number',
    );
    assert.deepEqual(rows, [
      { fine_minor: 1_234_560, decided_on: '2024-01-05', appealed: true, score: 95.5 },
      { fine_minor: 1_200_000, decided_on: '2024-01-05', appealed: false, score: null },
      { fine_minor: null, decided_on: '2024-01-05', appealed: null, score: null },
    ]);
  });

  test('may have a title above its headings and empty rows; lines are those of the sheet', async () => {
    const bytes = await sheet([
      ['行政处罚信息公示表'],
      HEADINGS,
      [CODE, '文1', 1, '2024-01-05'],
      [null, null, null, null],
      [91_110_000_600_037_340, '文2', 1, '2024-01-05'],
      [CODE, '文3', -1, '2024-01-05'],
    ]);
    const receipt = await bench.importText(bytes, {}, 'a.xlsx');
    assert.deepEqual(countsOf(receipt), [3, 1, 0, 0, 2]);
    const [first = '', second = ''] = await rejectsOf(receipt);
    assert.match(
      first,
      /^a\.xlsx,5,统一社会信用代码,\d+,"?stored as a number, which has lost digits/,
    );
    assert.match(second, /^a\.xlsx,6,罚款金额（元）,"'-1",below zero$/);
  });

  test('with several sheets is read from the one with known headings, or from the one named', async () => {
    const data = (number: string): SheetData => [HEADINGS, [CODE, number, 1, '2024-01-05']];
    const book = (...sheets: readonly [string, SheetData][]): Promise<Buffer> =>
      writeXlsxFile(sheets.map(([name, rows]) => ({ sheet: name, data: rows }))).toBuffer();
    const fails = async (content: Promise<Buffer>, sheet: string | undefined, pattern: RegExp) =>
      assert.rejects(
        bench.importText(await content, sheet === undefined ? {} : { sheet }, 'a.xlsx'),
        (error) => error instanceof ImportError && pattern.test(error.message),
      );
    const noted = book(['说明', [['本表由某局填报']]], ['数据', data('文1')]);
    assert.deepEqual(countsOf(await bench.importText(await noted, {}, 'a.xlsx')), [1, 1, 0, 0, 0]);
    await fails(noted, '说明', /fit no format/);
    await fails(noted, 'Sheet1', /no sheet of this name; its sheets: "说明", "数据"/);
    const two = book(['一月', data('文1')], ['二月', data('文2')]);
    await fails(
      two,
      undefined,
      /Several sheets have headings.*choose one with --sheet: "一月", "二月"/,
    );
    const january = await bench.importText(await two, { sheet: '一月' }, 'a.xlsx');
    assert.deepEqual(countsOf(january), [1, 0, 0, 1, 0]);
    const february = await bench.importText(await two, { sheet: '二月' }, 'a.xlsx');
    assert.deepEqual(countsOf(february), [1, 1, 0, 0, 0], 'another sheet is another reading');
    const none = book(['甲', [['a'], ['b']]], ['乙', [['c']]]);
    await fails(none, undefined, /No sheet has headings of the sector.*"甲", "乙"/);
    await assert.rejects(
      bench.importText('uscc\n', { sheet: '甲' }),
      /--sheet is for workbooks \(\.xlsx\), and the file is none/,
    );
  });

  test('is refused when it is too large, unfolds too far, or is none', async () => {
    const bytes = await sheet([HEADINGS, ...Array.from({ length: 2_000 }, () => [CODE])]);
    const fails = (content: Buffer, limits: object, pattern: RegExp): Promise<void> =>
      assert.rejects(
        bench.importText(content, { limits }, 'a.xlsx'),
        (error) => error instanceof ImportError && pattern.test(error.message),
      );
    await fails(bytes, { sheetBytesMax: 1_000 }, /larger than 1000 bytes; save it as CSV/);
    await fails(bytes, { sheetUnfoldedBytesMax: 10_000 }, /unfolds to more than 10000 bytes/);
    await fails(bytes.subarray(0, 500), {}, /not an XLSX workbook/);
    await fails(await sheet([]), {}, /empty|cannot be read/);
  });
});

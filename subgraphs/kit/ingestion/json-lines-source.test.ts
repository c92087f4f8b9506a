import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import iconv from 'iconv-lite';
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

const BASE = { uscc: CODE, decidedOn: '2024-01-05' };

function lines(...values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}

describe('JSON Lines', () => {
  test('are known by keys that stand beyond the first piece of the file', async () => {
    const receipt = await bench.importText(
      lines(
        { uscc: CODE, note: 'x'.repeat(200_000) },
        { ...BASE, documentNumber: 'a', 违法事实: 'late' },
      ),
      {},
      'late.jsonl',
    );
    assert.deepEqual(countsOf(receipt), [2, 1, 0, 0, 1]);
  });

  test('give values of every kind, and keys may come later and in any order', async () => {
    const receipt = await bench.importText(
      lines(
        { ...BASE, documentNumber: 'a', fine: 12.5, appealed: true, details: { k: [1, null] } },
        { decidedOn: '2024-01-06', score: 7, 行政处罚决定书文号: 'b', uscc: CODE },
        { ...BASE, documentNumber: 'd', 行政处罚决定书文号: 'c', 违法事实: null },
        { ...BASE, 违法事实: 'no number' },
      ),
      {},
      'a.jsonl',
    );
    assert.equal(receipt.kind, 'JSON Lines');
    assert.deepEqual(countsOf(receipt), [4, 3, 0, 0, 1]);
    assert.match((await rejectsOf(receipt)).join(), /^a\.jsonl,4,行政处罚决定书文号,,is empty$/);
    const rows = await bench.rows(
      'select penalty_number, fine_minor, appealed, details, score from penalties order by 1',
    );
    assert.deepEqual(rows, [
      {
        penalty_number: 'a',
        fine_minor: 1250,
        appealed: true,
        details: { k: [1, null] },
        score: null,
      },
      { penalty_number: 'b', fine_minor: null, appealed: null, details: null, score: 7 },
      { penalty_number: 'c', fine_minor: null, appealed: null, details: null, score: null },
    ]);
  });

  test('are refused line by line: no JSON, no object, lost digits, half characters', async () => {
    const receipt = await bench.importText(
      [
        lines({ ...BASE, documentNumber: 'a' }),
        '{"uscc":',
        '[1]',
        '',
        `{"uscc":911100006000373412,"documentNumber":"b","decidedOn":"2024-01-05"}`,
        `{"uscc":"${CODE}","documentNumber":"\\ud800","decidedOn":"2024-01-05"}`,
        lines({ ...BASE, documentNumber: { a: 1 } }),
        lines({ ...BASE, documentNumber: '𠮷' }),
      ].join('\n'),
      {},
      'a.jsonl',
    );
    assert.deepEqual(countsOf(receipt), [7, 2, 0, 0, 5]);
    const reasons = await rejectsOf(receipt);
    for (const [index, pattern] of [
      /^a\.jsonl,2,,,not JSON$/,
      /^a\.jsonl,3,,,not an object$/,
      /^a\.jsonl,5,uscc,.*lost digits/,
      /^a\.jsonl,6,,,holds half a character$/,
      /^a\.jsonl,7,documentNumber,,a list or an object/,
    ].entries()) {
      assert.match(reasons[index] ?? '', pattern);
    }
  });

  test('may be in GB18030', async () => {
    const text = lines({
      统一社会信用代码: CODE,
      行政处罚决定书文号: '文',
      处罚决定日期: '2024-1-5',
    });
    const receipt = await bench.importText(iconv.encode(text, 'gb18030'), {}, 'a.jsonl');
    assert.equal(receipt.inserted, 1);
    assert.equal(
      (await bench.rows('select penalty_number from penalties'))[0]?.['penalty_number'],
      '文',
    );
  });
});

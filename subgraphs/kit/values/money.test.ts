import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseMoney, parseMoneyNumber, type MoneyUnit } from './money.ts';

function amount(text: string, unit: MoneyUnit = 'yuan'): number | string {
  const parsed = parseMoney(text, unit);
  return parsed.kind === 'money' ? parsed.money.minorUnits : parsed.reason;
}

describe('amounts', () => {
  test('are exact where floating point is not', () => {
    assert.equal(amount('0.29'), 29);
    assert.equal(amount('1.15'), 115);
    assert.equal(amount('4.35'), 435);
    assert.equal(amount('90071992547409.91'), Number.MAX_SAFE_INTEGER);
    assert.equal(amount('1.005', 'wan yuan'), 1_005_000);
  });

  test('are read with grouping, signs, units and multipliers', () => {
    assert.equal(amount('12,345.60'), 1_234_560);
    assert.equal(amount('１２，３４５．６０元'), 1_234_560);
    assert.equal(amount('¥ 12 345.6'), 1_234_560);
    assert.equal(amount('￥50000.00元整'), 5_000_000);
    assert.equal(amount('1.2万元'), 1_200_000);
    assert.equal(amount('人民币1.2万'), 1_200_000);
    assert.equal(amount('3亿元'), 30_000_000_000);
    assert.equal(amount('1.2E+05'), 12_000_000);
    assert.equal(amount('-5'), -500);
    assert.equal(amount('(1,234.00)'), -123_400);
    assert.equal(amount('0'), 0);
    assert.equal(amount('-0.00'), 0);
    assert.equal(amount('7.'), 700);
    assert.equal(amount('1234567.10000'), 123_456_710);
  });

  test('follow the unit of their column unless the text has its own', () => {
    assert.equal(amount('100', 'fen'), 100);
    assert.equal(amount('1.5', 'fen'), 'finer than the smallest unit of the currency');
    assert.equal(amount('1.5元', 'fen'), 150);
    assert.equal(amount('12', 'wan yuan'), 12_000_000);
    assert.equal(amount('12元', 'wan yuan'), 1200);
    assert.equal(amount('12万元', 'wan yuan'), 12_000_000);
    assert.equal(amount('1234.567890', 'wan yuan'), 1_234_567_890);
  });

  test('name their currency', () => {
    assert.deepEqual(parseMoney('100万美元', 'yuan'), {
      kind: 'money',
      money: { minorUnits: 100_000_000, currency: 'USD' },
    });
    assert.deepEqual(parseMoney('5000日元', 'yuan'), {
      kind: 'money',
      money: { minorUnits: 5000, currency: 'JPY' },
    });
    assert.deepEqual(parseMoney('1.50', 'yuan', 'HKD'), {
      kind: 'money',
      money: { minorUnits: 150, currency: 'HKD' },
    });
    assert.equal(parseMoney('1', 'yuan', 'XXX').kind, 'error');
  });

  test('are refused when they would have to be guessed or rounded', () => {
    for (const text of [
      '',
      '元',
      '12.345',
      '12,34',
      '1,2345.60',
      '1.2.3',
      '12万3千',
      '--5',
      '(-5)',
      'about 5',
      '90071992547409.92',
      '1E99',
      'Infinity',
      '五万元',
    ]) {
      assert.equal(typeof amount(text), 'string', text);
    }
  });

  test('that a spreadsheet holds as numbers are read as it shows them', () => {
    const shown = (value: number): unknown => parseMoneyNumber(value, 'yuan');
    const exact = (minorUnits: number): unknown => ({
      kind: 'money',
      money: { minorUnits, currency: 'CNY' },
    });
    assert.deepEqual(shown(0.1 + 0.2), exact(30));
    assert.deepEqual(shown(12345.6), exact(1_234_560));
    assert.deepEqual(shown(1e6), exact(100_000_000));
    assert.equal(parseMoneyNumber(Number.NaN, 'yuan').kind, 'error');
  });
});

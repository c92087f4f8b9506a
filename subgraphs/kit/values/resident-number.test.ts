import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeCreditCode, parseCreditCode } from './credit-code.ts';
import { isRegistrationNumber } from './registration-number.ts';
import { containsResidentNumber, looksLikeResidentNumber } from './resident-number.ts';

// Numbers are put together here, so that no text of this file is one: region 110000 is a province as
// a whole and not assigned to people.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function residentNumber(region: string, birth: string, serial: string): string {
  const body = region + birth + serial;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'.charAt(sum % 11);
}

function fullWidth(text: string): string {
  return text.replace(/[0-9X]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}

const NEW = residentNumber('110000', '19900307', '123');
const WITH_X = Array.from({ length: 11 }, (_, i) =>
  residentNumber('440000', '20000229', `00${i}`.slice(-3)),
).find((number) => number.endsWith('X'));
const OLD = '110000' + '900307' + '124';

describe('resident numbers', () => {
  test('are found in their usual spellings', () => {
    assert.ok(WITH_X);
    for (const number of [NEW, WITH_X]) {
      for (const text of [
        number,
        number.toLowerCase(),
        fullWidth(number),
        `张某（身份证${number}）`,
        `ID${number}abc`,
        `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`,
        `${number.slice(0, 6)}-${number.slice(6, 14)}-${number.slice(14)}`,
        `${number.slice(0, 17)}-${number.slice(17)}`,
        `${number.slice(0, 4)}\u00a0${number.slice(4, 8)}\u200b${number.slice(8)}`,
        number.split('').join(' '),
        `2024-01-05 ${number}`,
        `13800138000 ${number} 2024`,
        `00${number}99`,
      ]) {
        assert.equal(containsResidentNumber(text), true, `spelling ${text.length}`);
      }
    }
  });

  test('are found in the old form of fifteen digits', () => {
    assert.equal(isRegistrationNumber(OLD), false);
    for (const text of [
      OLD,
      fullWidth(OLD),
      `证件${OLD}号`,
      `${OLD.slice(0, 6)} ${OLD.slice(6, 12)} ${OLD.slice(12)}`,
      `2024-01-05 ${OLD}`,
      `91990101MA7K3P2Q8J ${OLD}`,
      `91990101MA7K3P2Q8J,${OLD}`,
    ]) {
      assert.equal(containsResidentNumber(text), true, text);
    }
  });

  test('are told from numbers of another kind', () => {
    const wrong = NEW.slice(0, 17) + (NEW.endsWith('1') ? '2' : '1');
    const fifteen = Array.from({ length: 10 }, (_, i) => `11000090030712${i}`);
    const registration = fifteen.find(isRegistrationNumber);
    assert.ok(registration);
    for (const text of [
      '',
      '2024-01-05',
      '91990101MA7K3P2Q8J',
      '91110000600037341L',
      wrong,
      registration,
      residentNumber('990000', '19900307', '123'),
      residentNumber('110000', '19901307', '123'),
      residentNumber('110000', '19900230', '123'),
      residentNumber('110000', '29900307', '123'),
      `1${OLD}`,
      `${OLD}7`,
      '2024-01-05 2024-02-05 2024-03-05 2024-04-05',
      '202401050000001',
      '（2022）豫0724执恢54号 2022-03-04 10:11:12',
      '1.23E+17',
    ]) {
      assert.equal(containsResidentNumber(text), false, text);
    }
  });

  test('of the old form are not seen inside a valid credit code', () => {
    const code = ['A', 'B', 'C', 'D', 'E', 'F', 'G']
      .map((letter) => makeCreditCode('5', '1', '000090', `0307121${letter}`))
      .find((made) => !isRegistrationNumber(made.slice(0, 15)));
    assert.ok(code);
    assert.equal(containsResidentNumber(code.slice(0, 15)), true);
    assert.equal(containsResidentNumber(code), false);
    assert.equal(containsResidentNumber(`代码：${code}。`), false);
    assert.equal(containsResidentNumber(`${code} ${code.slice(0, 15)}`), true);
  });

  test('that are also valid credit codes are reported: in doubt it is a person', () => {
    let both: string | undefined;
    for (let i = 0; i < 1000 && both === undefined; i++) {
      const number = residentNumber('510000', '19900307', String(i).padStart(3, '0'));
      if (parseCreditCode(number).valid) both = number;
    }
    assert.ok(both);
    assert.equal(containsResidentNumber(both), true);
  });

  test('that a spreadsheet turned into a power of ten are found', () => {
    const digits = NEW.slice(0, 15);
    assert.equal(containsResidentNumber(`${digits[0] ?? ''}.${digits.slice(1)}E+17`), true);
    assert.equal(containsResidentNumber(`${OLD[0] ?? ''}.${OLD.slice(1)}e14`), true);
    assert.equal(containsResidentNumber('9.10101190003071E+17'), false);
  });

  test('are suspected in a code column when mistyped or masked', () => {
    const wrong = NEW.slice(0, 17) + (NEW.endsWith('1') ? '2' : '1');
    for (const text of [
      NEW,
      wrong,
      fullWidth(wrong),
      NEW.slice(0, 17),
      `${NEW}1`,
      `${NEW.slice(0, 6)}********${NEW.slice(14)}`,
      `${NEW.slice(0, 14)}****`,
      OLD,
    ]) {
      assert.equal(looksLikeResidentNumber(text), true, `length ${text.length}`);
    }
    for (const text of ['9199****', '91990101MA7K3P2Q8J', '330203000030639', 'MA7K3P2Q8', '']) {
      assert.equal(looksLikeResidentNumber(text), false, text);
    }
  });

  test('cost nothing to look for in a megabyte of digits', () => {
    assert.equal(containsResidentNumber('7'.repeat(1_000_000)), false);
    assert.equal(containsResidentNumber('7 '.repeat(500_000)), false);
  });
});

for (const separator of ['.', '/', '_', '·', '・', '．']) {
  test(`finds a number whose groups ${separator} parts`, () => {
    const text = ['110000', '18840101', '0019'].join(separator);
    assert.ok(containsResidentNumber(text));
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEnforcement, isResumed, readCaseNumber } from './case-number.ts';

const kindOf = (text: string): string | undefined => readCaseNumber(text)?.kind;

test('reads year, court and kind of a number of today', () => {
  assert.deepEqual(readCaseNumber('(2022)豫0724执恢54号'), {
    normalized: '(2022)豫0724执恢54号',
    year: 2022,
    court: '豫0724',
    kind: '执恢',
  });
});

test('reads courts of every level', () => {
  assert.equal(readCaseNumber('(2021)最高法民终1234号')?.court, '最高法');
  assert.equal(readCaseNumber('(2021)豫民终12号')?.court, '豫');
  assert.equal(readCaseNumber('(2021)京73民初12号')?.court, '京73');
  assert.equal(readCaseNumber('(2021)粤0304民初12号')?.court, '粤0304');
});

test('gives one spelling to all widths and brackets', () => {
  for (const text of [
    '（2022）豫0724执54号',
    '〔2022〕豫０７２４执 ５４号',
    ' (2022)豫0724执54号 ',
  ]) {
    assert.equal(readCaseNumber(text)?.normalized, '(2022)豫0724执54号', text);
  }
});

test('keeps the mark of a second document of a case', () => {
  const number = readCaseNumber('（2022）豫0724执54号之一');
  assert.equal(number?.normalized, '(2022)豫0724执54号之一');
});

test('reads numbers of before 2016', () => {
  const number = readCaseNumber('(2013)深福法执字第123号');
  assert.deepEqual([number?.year, number?.court, number?.kind], [2013, '深福法', '执']);
  assert.ok(number && isEnforcement(number));
  assert.equal(kindOf('(2014)郑执恢字第5号'), '执恢');
});

test('refuses what has not the structure of a case number', () => {
  for (const text of [
    '',
    '54号',
    '2022豫0724执54号',
    '(22)豫0724执54号',
    '(1022)豫0724执54号',
    '(2022)0724执54号',
    '(2022)豫072执54号',
    '(2022)豫07245执54号',
    '(2022)豫072454号',
    '(2022)豫0724执号',
    '(2022)豫0724执054号',
    '(2022)豫0724执54',
    '(2022)豫0724执54号等',
    'x(2022)豫0724执54号',
    '云州税罚〔2025〕123号',
  ]) {
    assert.equal(readCaseNumber(text), null, text);
  }
});

test('tells enforcement against a debtor from cases about an enforcement', () => {
  const is = (text: string): boolean => {
    const number = readCaseNumber(text);
    assert.ok(number, text);
    return isEnforcement(number);
  };
  for (const kind of ['执', '执恢', '执保']) assert.ok(is(`(2022)豫0724${kind}54号`), kind);
  for (const kind of ['执异', '执复', '执监', '民初', '行终', '破申']) {
    assert.ok(!is(`(2022)豫0724${kind}54号`), kind);
  }
});

test('tells a resumed case from a first one', () => {
  const is = (text: string): boolean => {
    const number = readCaseNumber(text);
    assert.ok(number, text);
    return isResumed(number);
  };
  assert.ok(is('(2022)豫0724执恢54号'));
  assert.ok(!is('(2022)豫0724执54号'));
});

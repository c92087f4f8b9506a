import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDate, parseDateObject, parseDateSerial } from './dates.ts';

const FIFTH = { kind: 'date', date: '2024-01-05' } as const;

describe('days', () => {
  test('are read in every usual spelling', () => {
    for (const text of [
      '2024-01-05',
      '2024-1-5',
      '2024/01/05',
      '2024/1/5',
      '2024.1.5',
      '20240105',
      '2024年1月5日',
      '2024年01月05日',
      '２０２４年１月５日',
      ' 2024-01-05 ',
      '2024-01-05 00:00:00',
      '2024-01-05 23:59',
      '2024/1/5 9:30:00',
      '2024-01-05T00:00:00Z',
      '2024-01-05T10:20:30.123+08:00',
      '2024-01-05T10:20:30+0800',
      '45296',
    ]) {
      assert.deepEqual(parseDate(text), FIFTH, text);
    }
  });

  test('written as a UTC instant are the day in China', () => {
    assert.deepEqual(parseDate('2024-01-04T16:00:00.000Z'), FIFTH);
    assert.deepEqual(parseDate('2024-01-04T15:59:59Z'), { kind: 'date', date: '2024-01-04' });
  });

  test('that mean no end are open', () => {
    for (const text of ['9999-9-9', '9999-12-31', '9999/09/09', '99991231', '长期', '永久']) {
      assert.deepEqual(parseDate(text), { kind: 'open' }, text);
    }
  });

  test('that mean no deadline are none', () => {
    for (const text of ['1900-1-1', '1900-01-01', '1900/1/1 0:00:00', '0000-00-00', '1899-12-30']) {
      assert.deepEqual(parseDate(text), { kind: 'none' }, text);
    }
  });

  test('that are not in the calendar are errors', () => {
    for (const text of [
      '2024-02-30',
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-04-31',
      '2024-1/5',
      '05/01/2024',
      '2024-01',
      '2024',
      '20245',
      '1024-01-05',
      '2924-01-05',
      '2024-01-05x',
      '2024-01-05T25:00:00Z',
      'yesterday',
      '',
    ]) {
      assert.equal(parseDate(text).kind, 'error', text);
    }
    assert.deepEqual(parseDate('2000-02-29'), { kind: 'date', date: '2000-02-29' });
  });

  test('are read from the numbers and objects of spreadsheets', () => {
    assert.deepEqual(parseDateSerial(45_296), FIFTH);
    assert.deepEqual(parseDateSerial(45_296.75), FIFTH);
    assert.deepEqual(parseDateSerial(61), { kind: 'date', date: '1900-03-01' });
    assert.deepEqual(parseDateSerial(59), { kind: 'date', date: '1900-02-28' });
    assert.deepEqual(parseDateSerial(1), { kind: 'none' });
    assert.deepEqual(parseDateSerial(2_958_465), { kind: 'open' });
    assert.equal(parseDateSerial(-1).kind, 'error');
    assert.equal(parseDateSerial(Number.NaN).kind, 'error');
    assert.equal(parseDateSerial(20_240_105).kind, 'error');
    assert.deepEqual(parseDateObject(new Date('2024-01-05T00:00:00Z')), FIFTH);
    assert.equal(parseDateObject(new Date(Number.NaN)).kind, 'error');
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Unreadable } from './cell-text.ts';
import { column } from './column.ts';
import type { FileColumn } from './file-column.ts';

function reason(made: FileColumn<unknown>, cell: unknown): string {
  const value = made.read(cell);
  assert.ok(value instanceof Unreadable, `read ${JSON.stringify(value)}`);
  return value.reason;
}

describe('columns', () => {
  test('take every spelling of "nothing" as absent', () => {
    const made = [
      column.text(['a']),
      column.date(['a']),
      column.money(['a']),
      column.code(['a']),
      column.integer(['a']),
      column.decimal(['a']),
      column.boolean(['a']),
      column.choice(['a'], { x: 'X' }),
      column.instant(['a']),
      column.json(['a']),
    ];
    for (const one of made) {
      for (const cell of [
        '',
        '  ',
        '\\N',
        '\\n',
        'null',
        'NULL',
        '-',
        '无',
        ' 无 ',
        null,
        undefined,
      ]) {
        assert.equal(one.read(cell), undefined, `${one.kind} ${JSON.stringify(cell)}`);
      }
    }
  });

  test('of codes normalise, and say what stands there instead', () => {
    const code = column.code(['code']);
    assert.equal(code.read(' 91990101-ma7k3p2q8j'), '91990101MA7K3P2Q8J');
    assert.match(reason(code, 'MA7K3P2Q-8'), /organisation code/);
    assert.match(reason(code, '330203000030639'), /registration number/);
    assert.match(reason(code, 330203000030639), /registration number/);
    assert.match(reason(code, '9199****'), /masked/);
    assert.match(reason(code, 911100006000373400), /lost digits/);
    assert.match(reason(code, '91990101MA7K3P2Q8K'), /check character: expected J/);
  });

  test('of text are limited, trimmed and free of control characters', () => {
    const text = column.text(['a'], { max: 5 });
    assert.equal(text.read('\u3000 五个字符好 '), '五个字符好');
    assert.match(reason(text, '123456'), /longer than 5/);
    assert.match(reason(text, 'a\u0000b'), /control character/);
    assert.equal(column.text(['a']).read('two\nlines'), 'two\nlines');
    assert.equal(column.text(['a']).read(42), '42');
    assert.match(reason(text, { a: 1 }), /a list or an object/);
  });

  test('of days know no end, no deadline and the days of spreadsheets', () => {
    const date = column.date(['a']);
    assert.equal(date.read('2024-1-5'), '2024-01-05');
    assert.equal(date.read(45_296), '2024-01-05');
    assert.equal(date.read(20_240_105), '2024-01-05');
    assert.equal(date.read(new Date('2024-01-05T00:00:00Z')), '2024-01-05');
    assert.equal(date.read('9999-9-9'), 'OPEN');
    assert.equal(date.read('1900-1-1'), undefined);
    assert.equal(column.date(['a'], { open: 'none' }).read('9999-12-31'), undefined);
    assert.match(reason(column.date(['a'], { open: 'reject' }), '9999-12-31'), /no end/);
    assert.match(reason(date, '2024-02-30'), /calendar/);
  });

  test('of instants end in UTC', () => {
    const instant = column.instant(['a']);
    assert.equal(instant.read('2024-01-05T08:00:00+08:00'), '2024-01-05T00:00:00.000Z');
    assert.equal(instant.read('2024-01-05T08:00:00+08:00'), '2024-01-05T00:00:00.000Z');
    assert.equal(reason(instant, 'soon'), 'not a point in time; write 2024-01-05T10:20:30+08:00');
  });

  test('of amounts are exact and not below zero', () => {
    const yuan = column.money(['a']);
    assert.deepEqual(yuan.read('12,345.60'), { minorUnits: 1_234_560, currency: 'CNY' });
    assert.deepEqual(yuan.read(0.29), { minorUnits: 29, currency: 'CNY' });
    assert.equal(reason(yuan, '-1'), 'below zero');
    assert.deepEqual(column.money(['a'], { negative: true }).read('-1'), {
      minorUnits: -100,
      currency: 'CNY',
    });
    assert.deepEqual(yuan.forUnit?.('wan yuan').read('1.5'), {
      minorUnits: 1_500_000,
      currency: 'CNY',
    });
  });

  test('of numbers have bounds and do not round', () => {
    assert.equal(column.integer(['a']).read('1,234'), 1234);
    assert.equal(column.integer(['a']).read('12.0'), 12);
    assert.match(reason(column.integer(['a']), '12.5'), /whole/);
    assert.match(reason(column.integer(['a'], { max: 10 }), '11'), /between/);
    assert.match(reason(column.integer(['a']), '-1'), /between/);
    assert.equal(column.decimal(['a']).read('95.5'), 95.5);
    assert.equal(column.decimal(['a']).read(0.1 + 0.2), 0.3);
    assert.match(reason(column.decimal(['a']), '1234567890.1234567'), /15 digits/);
    assert.match(reason(column.decimal(['a']), '12%'), /not a number/);
  });

  test('of choices and yes or no ignore case and width, and look before "nothing"', () => {
    const grade = column.choice(['a'], { A级: 'A', A: 'A', 无: 'NONE' });
    assert.equal(grade.read('Ａ级'), 'A');
    assert.equal(grade.read('a'), 'A');
    assert.equal(grade.read('无'), 'NONE');
    assert.match(reason(grade, 'Z'), /not one of: A级, A, 无/);
    assert.match(reason(grade, 'constructor'), /not one of/);
    const flag = column.boolean(['a']);
    for (const yes of ['是', 'Y', 'yes', 'TRUE', true, 1, '１']) assert.equal(flag.read(yes), true);
    for (const no of ['否', 'N', 'no', 'false', false, 0]) assert.equal(flag.read(no), false);
    assert.match(reason(flag, 'maybe'), /not one of/);
  });

  test('of JSON take text and nested values, and repeat nothing of what is not JSON', () => {
    const json = column.json(['a']);
    assert.deepEqual(json.read('{"a":[1]}'), { a: [1] });
    assert.deepEqual(json.read({ a: [1] }), { a: [1] });
    assert.equal(reason(json, '{secret'), 'not JSON');
    assert.match(reason(json, ['a\u0000']), /control character/);
    assert.match(reason(json, 'x'.repeat(100_001)), /longer/);
  });
});

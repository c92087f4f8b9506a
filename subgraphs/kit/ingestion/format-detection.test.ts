import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { column } from './column.ts';
import { chooseFormat, matchFormat } from './format-detection.ts';
import { recordFile, type FileColumns, type RecordFile } from './record-file.ts';
import { PENALTIES, PENALTY_FILE } from './test/penalty-sector.ts';

function format(name: string, columns: FileColumns): RecordFile {
  return recordFile({
    name,
    table: PENALTIES,
    columns,
    draft: (_cells, reject) => reject('code', 'never read'),
  });
}

const code = column.code(['统一社会信用代码', 'uscc'], { required: true });
const grades = format('grades', {
  code,
  grade: column.text(['等级', 'grade'], { required: true }),
});
const scores = format('scores', {
  code,
  score: column.text(['得分', 'score'], { required: true }),
});

describe('formats', () => {
  test('are told by their required headings, in either language and any spelling', () => {
    for (const headings of [
      ['统一社会信用代码', '等级'],
      ['USCC', 'Grade'],
      [' 统一 社会信用代码 ', '等级（A-D）'],
      ['*统一社会信用代码', 'ｇｒａｄｅ'],
      ['名称', '等级', 'uscc'],
    ]) {
      assert.equal(chooseFormat([grades, scores], headings).format.name, 'grades');
    }
  });

  test('with more of the headings win', () => {
    const wide = format('wide', {
      code,
      grade: column.text(['等级']),
      note: column.text(['备注']),
    });
    const headings = ['统一社会信用代码', '等级', '备注'];
    assert.equal(chooseFormat([grades, wide], headings).format.name, 'wide');
  });

  test('that fit equally well are a question for the caller', () => {
    const other = format('others', grades.columns);
    const headings = ['uscc', 'grade'];
    assert.throws(() => chooseFormat([grades, other], headings), /--as grades, others/);
    assert.equal(chooseFormat([grades, other], headings, 'others').format.name, 'others');
    assert.throws(() => chooseFormat([grades], headings, 'nothing'), /no format "nothing".*grades/);
  });

  test('that miss a column say which, and what was found', () => {
    assert.throws(
      () => chooseFormat([grades, scores], ['统一社会信用代码', '名称']),
      /grades: missing 等级\n.*scores: missing 得分\n.*found: 统一社会信用代码 \| 名称/,
    );
  });

  test('do not print a record that stands where the headings should', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const body = '11000019900307123';
    const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
    const number = body + '10X98765432'.charAt(sum % 11);
    assert.throws(
      () => chooseFormat([grades], ['张某', number, 'x'.repeat(100)]),
      (error) =>
        error instanceof Error &&
        !error.message.includes(body) &&
        error.message.includes('[withheld]') &&
        !error.message.includes('x'.repeat(50)),
    );
  });

  test('take the unit of an amount from the heading, and refuse one they do not know', () => {
    const fine = (heading: string): unknown => {
      const match = matchFormat(PENALTY_FILE, [heading]);
      return match.columns[0]?.column.read('2');
    };
    assert.deepEqual(fine('罚款金额'), { minorUnits: 200, currency: 'CNY' });
    assert.deepEqual(fine('罚款金额（元）'), { minorUnits: 200, currency: 'CNY' });
    assert.deepEqual(fine('罚款金额（万元）'), { minorUnits: 2_000_000, currency: 'CNY' });
    assert.deepEqual(fine('罚款金额(单位：万元)'), { minorUnits: 2_000_000, currency: 'CNY' });
    assert.deepEqual(fine('fine [fen]'), { minorUnits: 2, currency: 'CNY' });
    assert.equal(fine('罚款金额（大写）'), undefined);
  });

  test('tell columns apart that differ in the bracket only', () => {
    const codes = format('codes', {
      code: column.code(['代码(统一社会信用代码)'], { required: true }),
      other: column.text(['代码(组织机构代码)']),
    });
    const match = matchFormat(codes, [
      '代码（组织机构代码）',
      '代码（工商注册号）',
      '代码（统一社会信用代码）',
    ]);
    assert.deepEqual(
      match.columns.map((bound) => [bound.index, bound.name]),
      [
        [0, 'other'],
        [2, 'code'],
      ],
    );
  });

  test('put the heading listed first before one in another language', () => {
    const match = matchFormat(grades, ['grade', '等级', 'uscc']);
    assert.deepEqual(
      match.columns.map((bound) => bound.heading),
      ['等级', 'grade', 'uscc'],
    );
    assert.deepEqual(match.missing, []);
  });
});

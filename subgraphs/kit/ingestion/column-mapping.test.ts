// A file with headings of its own, read by a mapping.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readColumnMapping, type ColumnMapping } from './column-mapping.ts';
import { datePattern } from './date-pattern.ts';
import { chooseFormat } from './format-detection.ts';
import { ImportError } from './import-error.ts';
import type { RecordDraft } from './record-file.ts';
import { rowReader } from './row-reader.ts';
import type { Rejection } from './rejection.ts';
import { CODE } from './test/import-bench.ts';
import { PENALTY_FILE } from './test/penalty-sector.ts';

const MAPPING = `
format: penalties
columns:
  信用代码: code
  文号: number
  日期: decidedOn
  金额: fine
  级别: grade
values:
  grade: { 1级: A, 2级: B, 未评: '' }
constants:
  appealed: 否
dates:
  decidedOn: DD/MM/YYYY
units:
  fine: 万元
ignore: [等级]
`;
const HEADINGS = ['等级', '信用代码', '文号', '日期', '金额', '级别', '违法事实'];

function mappingOf(text: string): ColumnMapping {
  return readColumnMapping(text, [PENALTY_FILE]);
}

function readRow(mapping: ColumnMapping, headings: readonly string[], cells: readonly unknown[]) {
  const match = chooseFormat([mapping.format], headings);
  return rowReader(match, headings)({ line: 2, cells });
}

function draftOf(cells: readonly unknown[]): RecordDraft {
  const draft = readRow(mappingOf(MAPPING), HEADINGS, cells);
  assert.ok(!Array.isArray(draft), JSON.stringify(draft));
  return draft as RecordDraft;
}

function problemsOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof ImportError && error.kind === 'input', String(error));
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  throw new assert.AssertionError({ message: 'nothing was wrong' });
}

describe('a column mapping', () => {
  test('reads headings, spellings, days and amounts of the file, and fills what it lacks', () => {
    const draft = draftOf(['B', CODE, '文1', '05/01/2024', '1.2', '1级', '未按规定期限']);
    assert.equal(draft.subjectCode, CODE);
    assert.equal(draft.source.decidedOn, '2024-01-05');
    const { documentNumber, grade, fine, appealed, facts } = draft.values;
    assert.deepEqual([documentNumber, grade, appealed, facts], ['文1', 'A', false, '未按规定期限']);
    assert.deepEqual(fine, { minorUnits: 1_200_000, currency: 'CNY' });
  });

  test('leaves a spelling that it does not name to the format, and an empty one absent', () => {
    const gradeOf = (cell: string) =>
      draftOf(['B', CODE, '文1', '05/01/2024', '', cell, '']).values['grade'];
    assert.equal(gradeOf('A级'), 'A');
    assert.equal(gradeOf('未评'), undefined);
  });

  test('does not read what it ignores, though the format knows the heading', () => {
    assert.equal(draftOf(['A', CODE, '文1', '05/01/2024', '', '', '']).values['grade'], undefined);
  });

  test('takes the days of a spreadsheet as they are, and refuses others than it says', () => {
    const mapping = mappingOf(MAPPING);
    const row = (day: unknown) => readRow(mapping, HEADINGS, ['', CODE, '文1', day, '', '', '']);
    assert.ok(!Array.isArray(row(new Date('2024-01-05T00:00:00Z'))));
    const [refused] = row('2024-01-05') as readonly Rejection[];
    assert.deepEqual([refused?.column, refused?.reason], ['日期', 'not a day written DD/MM/YYYY']);
    const [none] = row('31/02/2024') as readonly Rejection[];
    assert.equal(none?.reason, 'not a day of the calendar');
  });

  test('counts for the digest by which a file is known', () => {
    assert.equal(mappingOf(MAPPING).digest, mappingOf(`${MAPPING}\n# remark\n`).digest);
    assert.notEqual(mappingOf(MAPPING).digest, mappingOf(MAPPING.replace('万元', '元')).digest);
  });

  test('names everything that is wrong with it at once', () => {
    const problems = problemsOf(() =>
      mappingOf(`
format: penalties
columns: { 代码: code, 号码: code, 甲: nothing, 金额: fine, 乙: grade }
values: { grade: { 一: C }, decidedOn: { x: y } }
constants: { decidedOn: 2024-13-01, grade: A }
dates: { number: DD/MM/YYYY, validUntil: YY-MM-DD }
units: { facts: 元 }
ignore: [乙]
`),
    );
    const expected = [
      /^columns: 代码 and 号码 are both code$/,
      /^ignore: 乙 is mapped to grade$/,
      /^dates\.number: is no column of days$/,
      /^units\.facts: is no column of amounts$/,
      /^values\.grade: the value of "一" is not one of: A级/,
      /^constants\.grade: 乙 is mapped to it, too$/,
      /^units\.fine: its heading does not say what it counts/,
      /^values\.decidedOn: the value of "x" is /,
      /^constants\.decidedOn: not a day of the calendar/,
      /^dates\.validUntil: write YYYY, MM and DD in their order/,
      /^columns\.甲: there is no column "nothing"; penalties has: code, number, facts/,
    ];
    assert.equal(problems.length, expected.length, problems.join('\n'));
    for (const [at, pattern] of expected.entries()) assert.match(problems[at] ?? '', pattern);
  });

  test('is held against the file, naming every heading that does not fit', () => {
    const problems = problemsOf(() => {
      mappingOf(MAPPING).assertFits({
        kind: 'CSV',
        headings: ['信用代码', '文号', '文号', '处罚决定日期', '是否复议', '级别'],
        batches: () => (async function* () {})(),
      });
    });
    assert.deepEqual(problems, [
      'columns: the file has "文号" 2 times',
      'columns: the file has no heading "日期"',
      'columns: the file has no heading "金额"',
      'columns: the file names decidedOn by "处罚决定日期", too; list that under ignore',
      'columns: the file names appealed by "是否复议", too; list that under ignore',
      'found: 信用代码 | 文号 | 文号 | 处罚决定日期 | 是否复议 | 级别',
    ]);
  });

  test('wins over a heading that means another column of the format', () => {
    const text = 'format: penalties\ncolumns: { 等级: facts, uscc: code, n: number, d: decidedOn }';
    const draft = readRow(
      mappingOf(text),
      ['等级', 'uscc', 'n', 'd'],
      ['一段', CODE, '文1', '2024-01-05'],
    );
    assert.deepEqual(
      [(draft as RecordDraft).values['facts'], (draft as RecordDraft).values['grade']],
      ['一段', undefined],
    );
  });

  test('that cannot be parsed, or has words of its own, says where', () => {
    assert.match(problemsOf(() => mappingOf('format: [\n'))[0] ?? '', /^line \d+: /);
    assert.match(problemsOf(() => mappingOf('format: p\nformat: q'))[0] ?? '', /^line 2: .*unique/);
    assert.match(problemsOf(() => mappingOf('colums: {}')).join(), /format: .*colums/s);
    assert.match(problemsOf(() => mappingOf('format: x'))[0] ?? '', /the formats are: penalties/);
    assert.match(problemsOf(() => mappingOf('x'.repeat(70_000)))[0] ?? '', /longer than/);
  });
});

describe('a pattern of days', () => {
  test('reads year, month and day in any order, and nothing else', () => {
    const read = (pattern: string, text: string) => datePattern(pattern)?.(text);
    assert.equal(read('DD.MM.YYYY', '5.1.2024'), '2024-01-05');
    assert.equal(read('MM/DD/YYYY', '01/05/2024'), '2024-01-05');
    assert.equal(read('DDMMYYYY', '05012024'), '2024-01-05');
    assert.equal(read('DDMMYYYY', '5012024'), null);
    assert.equal(read('YYYY年MM月DD日', '2024年1月5日'), '2024-01-05');
    assert.equal(read('DD.MM.YYYY', '5x1x2024'), null);
    assert.equal(read('DD.MM.YYYY', '5.1.24'), null);
    for (const pattern of ['', 'DD/MM', 'DD/MM/YY', 'DD/MM/YYYY HH', 'DD/DD/YYYY', 'd/m/y']) {
      assert.equal(datePattern(pattern), null, pattern);
    }
  });
});

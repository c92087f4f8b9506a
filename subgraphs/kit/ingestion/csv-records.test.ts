import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endCsvRecords, pushCsvLine, startCsvRecords } from './csv-records.ts';
import type { SourceRow } from './row-source.ts';

const LIMITS = { rowLinesMax: 5, lineBytesMax: 1_000 };

function read(text: string, fields = 3, delimiter = ','): readonly SourceRow[] {
  const records = startCsvRecords(delimiter, fields, LIMITS);
  const rows: SourceRow[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    pushCsvLine(records, line, index + 1, rows);
  }
  endCsvRecords(records, rows);
  return rows;
}

/** Cells of a good row joined by `|`, or the reason of a bad one. */
function shown(rows: readonly SourceRow[]): readonly string[] {
  return rows.map((row) => `${row.line} ${row.problem ?? row.cells.join('|')}`);
}

describe('CSV records', () => {
  test('hold commas, doubled quotes and line breaks inside quotes', () => {
    assert.deepEqual(shown(read('a,"b, ""c""",d\n"e\nf",,"g"\nh,i,j')), [
      '1 a|b, "c"|d',
      '2 e\nf||g',
      '4 h|i|j',
    ]);
  });

  test('of another length are refused with both numbers', () => {
    assert.deepEqual(shown(read('a,b,c,d\na,b\na,b,c')), [
      '1 4 fields, expected 3: an unquoted comma?',
      '2 2 fields, expected 3: a line break inside a field?',
      '3 a|b|c',
    ]);
  });

  test('of blanks only are no rows', () => {
    assert.deepEqual(shown(read('\n,,\n  \na,b,c\n')), ['4 a|b|c']);
  });

  test('keep a quote in the middle of an unquoted field', () => {
    assert.deepEqual(shown(read('a,5" pipe,c')), ['1 a|5" pipe|c']);
  });

  test('lose one line to a quote that is never closed', () => {
    assert.deepEqual(shown(read('a,"b,c\nd,e,f\ng,h,i')), [
      '1 a quote is opened and not closed',
      '2 d|e|f',
      '3 g|h|i',
    ]);
  });

  test('lose one line to a quote that the next quoted field seems to close', () => {
    assert.deepEqual(shown(read('a,"b,c\nd,e,f\ng,"h",i\nj,k,l')), [
      '1 a quote is opened and not closed',
      '2 d|e|f',
      '3 g|h|i',
      '4 j|k|l',
    ]);
  });

  test('lose two lines to two stray quotes, not the lines between them', () => {
    assert.deepEqual(shown(read('a,"b,c\nd,e,f\ng,"h,i\nj,k,l')), [
      '1 a quote is opened and not closed',
      '2 d|e|f',
      '3 a quote is opened and not closed',
      '4 j|k|l',
    ]);
  });

  test('run over no more lines than the limit', () => {
    const rows = read(`a,"b,c\n${'d,e,f\n'.repeat(20)}g,h,i`);
    assert.equal(rows.length, 22);
    assert.equal(rows.filter((row) => row.problem !== undefined).length, 1);
    assert.equal(shown(read('a,"1\n2\n3\n4\n5",c'))[0], '1 a|1\n2\n3\n4\n5|c');
  });

  test('with text beside a quoted field are refused', () => {
    assert.match(shown(read('a,"b" x,c\nd,e,f'))[0] ?? '', /text beside a quoted field/);
    assert.equal(shown(read('a,"b" x,c\nd,e,f'))[1], '2 d|e|f');
  });

  test('do not cost more than their square when every line leaves a quote open', () => {
    const rows = read(`${'a","b\n'.repeat(2_000)}c,d,e`, 3);
    assert.equal(rows.length, 2_001);
    assert.equal(rows.at(-1)?.problem, undefined);
  });

  test('are refused when a line is over the limit, and only that line', () => {
    const records = startCsvRecords(',', 2, LIMITS);
    const rows: SourceRow[] = [];
    pushCsvLine(records, 'a,"b', 1, rows);
    pushCsvLine(records, null, 2, rows);
    pushCsvLine(records, 'c,d', 3, rows);
    assert.deepEqual(shown(rows), [
      '1 a quote is opened and not closed',
      '2 longer than 1000 bytes',
      '3 c|d',
    ]);
  });
});

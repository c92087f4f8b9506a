// The awkward cases that real exports hold, planted at places that never change: an importer that
// takes the samples has met them. Rows of subject 0 stay as they are.
import { containsResidentNumber } from '../values/resident-number.ts';
import type { Random } from './random.ts';
import { FIRST_SUBJECT_CODE } from './sample-subject.ts';
import { isDamaged, type SampleFile, type SampleRow } from './sample-file.ts';

/**
 * Every awkward case. `isRefused` rows are planted beside the rows they are made from, so that no
 * record is lost by their refusal; the other rows are altered where they stand and stay readable.
 */
export const AWKWARD_CASES = {
  OPEN_END: { isRefused: false, meaning: '9999-9-9 for a period without end' },
  NO_DEADLINE: { isRefused: false, meaning: '1900-1-1 for a day that is not set' },
  LOWER_CASE_CODE: { isRefused: false, meaning: 'a credit code in small letters' },
  TRAILING_BLANKS: { isRefused: false, meaning: 'blanks behind code and text, one full-width' },
  FULL_WIDTH_DIGITS: { isRefused: false, meaning: 'digits in full width' },
  NULL_MARKER: { isRefused: false, meaning: '\\N where nothing is known' },
  NONE_WORD: { isRefused: false, meaning: '无 where there is nothing' },
  DUPLICATE_ROW: { isRefused: false, meaning: 'the same row twice' },
  ORGANISATION_CODE: { isRefused: true, meaning: 'an organisation code as the credit code' },
  MASKED_CODE: { isRefused: true, meaning: 'a credit code with its middle starred out' },
  RESIDENT_NUMBER: { isRefused: true, meaning: 'a resident number (of nobody) in a text' },
  UNQUOTED_COMMA: { isRefused: true, meaning: 'CSV: a comma that shifts the rest of the row' },
  BROKEN_BYTES: { isRefused: true, meaning: 'CSV, JSONL: bytes that are no text; the last row' },
} as const satisfies Record<string, { readonly isRefused: boolean; readonly meaning: string }>;

/** One of {@link AWKWARD_CASES}. */
export type AwkwardCase = keyof typeof AWKWARD_CASES;

/** The headings in which cases are planted; a case whose heading is left out is not planted. */
export interface AwkwardHeadings {
  /** The credit code of the subject. */
  readonly code: string;
  /** A free text of at least 60 characters. */
  readonly text: string;
  /** The last day of a period: OPEN_END. */
  readonly until?: string;
  /** A day that may be missing: NO_DEADLINE. */
  readonly deadline?: string;
  /** A day, number or document number: FULL_WIDTH_DIGITS. */
  readonly digits?: string;
  /** A text that may be missing: NULL_MARKER, NONE_WORD. */
  readonly optional?: string;
}

/** Lists the cases that withAwkwardRows plants in a file, each exactly once. */
export function awkwardCasesIn(
  file: SampleFile,
  headings: AwkwardHeadings,
): readonly AwkwardCase[] {
  const present: Readonly<Partial<Record<AwkwardCase, boolean>>> = {
    OPEN_END: headings.until !== undefined,
    NO_DEADLINE: headings.deadline !== undefined,
    FULL_WIDTH_DIGITS: headings.digits !== undefined,
    NULL_MARKER: headings.optional !== undefined,
    NONE_WORD: headings.optional !== undefined,
    UNQUOTED_COMMA: file.kind === 'csv',
    BROKEN_BYTES: file.kind !== 'xlsx',
  };
  const all = Object.keys(AWKWARD_CASES) as AwkwardCase[];
  return all.filter((each) => present[each] ?? true);
}

/**
 * Plants every case that the headings allow, once, in the first few hundred rows; BROKEN_BYTES is
 * the last row, behind what a reader looks at to tell the encoding.
 *
 * @param random decides the places
 * @throws RangeError for a heading that the file lacks
 */
export function withAwkwardRows(
  file: SampleFile,
  random: Random,
  headings: AwkwardHeadings,
): SampleFile {
  const cases = awkwardCasesIn(file, headings);
  const places = columnsOf(file, headings);
  return {
    ...file,
    rows: function* () {
      const draw = random.fork('awkward');
      const left = draw.shuffle(cases.filter((each) => each !== 'BROKEN_BYTES'));
      let wait = draw.integer(10, 20);
      let last: readonly string[] | undefined;
      for (const row of file.rows()) {
        const due = left[0];
        if (isDamaged(row) || isFirstSubject(row, places)) {
          yield row;
          continue;
        }
        last = row;
        wait -= 1;
        const planted = wait > 0 || due === undefined ? undefined : plant(due, row, places);
        yield* planted ?? [row];
        if (planted === undefined) continue;
        left.shift();
        wait = draw.integer(5, 15);
      }
      // A file too short for all of them gets the refused and doubled ones at its end.
      if (last === undefined) return;
      for (const due of left) yield* plant(due, last, places)?.slice(1) ?? [];
      if (cases.includes('BROKEN_BYTES')) {
        yield { cells: last, damage: 'BROKEN_BYTES', column: places.text };
      }
    },
  };
}

interface Columns {
  readonly code: number;
  readonly text: number;
  readonly until: number;
  readonly deadline: number;
  readonly digits: number;
  readonly optional: number;
}

const ABSENT = -1;

function columnsOf(file: SampleFile, headings: AwkwardHeadings): Columns {
  const find = (heading: string | undefined): number => {
    if (heading === undefined) return ABSENT;
    const at = file.headings.indexOf(heading);
    if (at === ABSENT) throw new RangeError(`${file.fileName} has no heading ${heading}.`);
    return at;
  };
  return {
    code: find(headings.code),
    text: find(headings.text),
    until: find(headings.until),
    deadline: find(headings.deadline),
    digits: find(headings.digits),
    optional: find(headings.optional),
  };
}

function isFirstSubject(row: readonly string[], columns: Columns): boolean {
  return row[columns.code] === FIRST_SUBJECT_CODE;
}

// The rows to stand for one row; undefined if the case cannot be made of it.
function plant(
  due: AwkwardCase,
  row: readonly string[],
  columns: Columns,
): readonly SampleRow[] | undefined {
  const code = row[columns.code] ?? '';
  const text = row[columns.text] ?? '';
  const changed = (column: number, value: string): readonly string[] => row.with(column, value);
  switch (due) {
    case 'OPEN_END':
      return [changed(columns.until, '9999-9-9')];
    case 'NO_DEADLINE':
      return [changed(columns.deadline, '1900-1-1')];
    case 'LOWER_CASE_CODE':
      return /[A-Z]{2}/.test(code) ? [changed(columns.code, code.toLowerCase())] : undefined;
    case 'TRAILING_BLANKS':
      return [row.with(columns.code, `${code}  `).with(columns.text, `${text} \u3000`)];
    case 'FULL_WIDTH_DIGITS': {
      const plain = row[columns.digits] ?? '';
      return /[0-9]/.test(plain) ? [changed(columns.digits, widen(plain))] : undefined;
    }
    case 'NULL_MARKER':
      return [changed(columns.optional, '\\N')];
    case 'NONE_WORD':
      return [changed(columns.optional, '无')];
    case 'DUPLICATE_ROW':
      return [row, row];
    case 'ORGANISATION_CODE':
      return [row, changed(columns.code, `${code.slice(8, 16)}-${code.slice(16, 17)}`)];
    case 'MASKED_CODE':
      return [row, changed(columns.code, `${code.slice(0, 8)}******${code.slice(14)}`)];
    case 'RESIDENT_NUMBER':
      return [row, changed(columns.text, `${text}，身份证号${residentNumberOfNobody()}`)];
    case 'UNQUOTED_COMMA':
      return [row, { cells: row, damage: 'UNQUOTED_COMMA', column: columns.text }];
    case 'BROKEN_BYTES':
      return [row, { cells: row, damage: 'BROKEN_BYTES', column: columns.text }];
  }
}

function widen(text: string): string {
  return text.replace(/[0-9]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 48 + 0xff10));
}

// A province without a county, and a birth in 1884: numbers were first given out a century later,
// and to county level, so that nobody can have it; its form is right, and detectors must find it.
function residentNumberOfNobody(): string {
  const body = '11000018840229000';
  const found = '0123456789X'
    .split('')
    .map((check) => body + check)
    .find(containsResidentNumber);
  if (found === undefined) throw new Error('No check digit makes the planted number detectable.');
  return found;
}

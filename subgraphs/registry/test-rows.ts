// Rows of registration files for tests, as lines of JSON: what a test does not say is filled in.
import { creditCodeOf, type CodePrefix } from '../kit/samples/synthetic-code.ts';

/** What a test says of a subject. */
export interface TestRow {
  /** Tells subjects apart; the code follows from it, the prefix and the region. */
  readonly index: number;
  readonly name: string;
  /** First two characters of the code; default 91, an enterprise. */
  readonly prefix?: CodePrefix;
  /** Default 990101. */
  readonly region?: string;
  readonly [column: string]: unknown;
}

/** Gives the credit code of a row. */
export function codeOf({ index, prefix = '91', region = '990101' }: TestRow): string {
  return creditCodeOf(index, prefix, region, false);
}

/** Writes rows as the text of a JSON Lines file; further columns go by their English headings. */
export function linesOf(rows: readonly TestRow[]): string {
  return rows
    .map((row) =>
      JSON.stringify({
        uscc: codeOf(row),
        status: '存续',
        established_on: '2016-03-01',
        registrar: '云州市市场监督管理局',
        retrieved_at: '2026-01-05T00:00:00Z',
        ...row,
        index: undefined,
        prefix: undefined,
        region: undefined,
      }),
    )
    .join('\n');
}

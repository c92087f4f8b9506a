// The text of a column mapping, YAML, as it is written before anything is known of formats.
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { ImportError } from './import-error.ts';

const TEXT_CHARACTERS_MAX = 65_536;
const ENTRIES_MAX = 1_000;

const words = z
  .record(z.string(), z.string())
  .refine(
    (entries) => Object.keys(entries).length <= ENTRIES_MAX,
    `has over ${ENTRIES_MAX} entries`,
  );

const SHAPE = z.strictObject({
  /** Name of the format. */
  format: z.string('is missing: the name of a format'),
  /** Heading of the file to name of the column. */
  columns: words.default({}),
  /** Name of a column to what its cells mean: spelling of the file to spelling of the format. */
  values: z.record(z.string(), words).default({}),
  /** Name of a column to the cell that every row has. */
  constants: words.default({}),
  /** Name of a column to the way in which the file writes its days. */
  dates: words.default({}),
  /** Name of a column to what its amounts count. */
  units: words.default({}),
  /** Headings of the file that are not read though the format knows them. */
  ignore: z.array(z.string()).max(ENTRIES_MAX).default([]),
});

/** A column mapping as it is written. */
export type MappingText = z.output<typeof SHAPE>;

/**
 * Parses a column mapping. Every scalar is text, so that 007 stays what the file says.
 *
 * @throws ImportError naming every problem at once
 */
export function parseMappingText(text: string): MappingText {
  if (text.length > TEXT_CHARACTERS_MAX) {
    throw wrong([`it is longer than ${TEXT_CHARACTERS_MAX} characters`]);
  }
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false });
  if (document.errors.length > 0) {
    throw wrong(
      document.errors.map((error) => `line ${lineAt(text, error.pos[0])}: ${error.message}`),
    );
  }
  const parsed = SHAPE.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw wrong(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function wrong(problems: readonly string[]): ImportError {
  return new ImportError('input', ['The column mapping is wrong:', ...problems].join('\n  '));
}

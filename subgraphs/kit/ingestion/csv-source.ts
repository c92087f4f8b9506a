// Reads CSV, also with tabs or semicolons between the fields, whose headings may stand below a title.
import { endCsvRecords, pushCsvLine, splitCsvLine, startCsvRecords } from './csv-records.ts';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';
import type { KnowsHeadings, RowSource, SourceRow } from './row-source.ts';
import type { LineBlock } from './text-lines.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** Lines in which headings are looked for: exports like to put a title above them. */
const HEADING_LINES_MAX = 10;

/**
 * Opens a CSV file by finding its headings and the delimiter between them.
 *
 * Where no line has the headings of a known format, those of the first line are taken, so that the
 * caller can say what was found.
 *
 * @throws ImportError if the file is empty or has too many columns
 */
export async function openCsv(
  blocks: AsyncIterator<LineBlock>,
  knowsHeadings: KnowsHeadings,
  limits: ImportLimits,
): Promise<RowSource> {
  const first = await blocks.next();
  const head = first.done ? [] : first.value.lines;
  const found = findHeadings(head, knowsHeadings);
  if (!found) throw withoutHeadings(head, limits);
  const { headings, delimiter, index } = found;
  if (headings.length > limits.columnsMax) {
    throw new ImportError('input', `The file has more than ${limits.columnsMax} columns.`);
  }
  const records = startCsvRecords(delimiter, headings.length, limits);

  async function* batches(): AsyncGenerator<readonly SourceRow[]> {
    let block: LineBlock | undefined = { firstLine: index + 2, lines: head.slice(index + 1) };
    while (block) {
      const rows: SourceRow[] = [];
      let number = block.firstLine;
      for (const line of block.lines) pushCsvLine(records, line, number++, rows);
      yield rows;
      const next: IteratorResult<LineBlock, unknown> = await blocks.next();
      block = next.done ? undefined : next.value;
    }
    const rest: SourceRow[] = [];
    endCsvRecords(records, rest);
    yield rest;
  }

  return { kind: 'CSV', headings, batches };
}

function withoutHeadings(
  head: readonly (string | null)[],
  { lineBytesMax }: ImportLimits,
): ImportError {
  return new ImportError(
    'input',
    head.includes(null)
      ? `The first line is longer than ${lineBytesMax} bytes: write one record a line.`
      : 'The file is empty: it has no headings.',
  );
}

interface FoundHeadings {
  readonly headings: readonly string[];
  readonly delimiter: string;
  readonly index: number;
}

function findHeadings(
  lines: readonly (string | null)[],
  knowsHeadings: KnowsHeadings,
): FoundHeadings | undefined {
  let fallback: FoundHeadings | undefined;
  let tried = 0;
  for (const [index, line] of lines.entries()) {
    if (line === null || line.trim() === '') continue;
    for (const delimiter of DELIMITERS) {
      const headings = splitCsvLine(line, delimiter)?.map((heading) => heading.trim());
      if (!headings) continue;
      if (knowsHeadings(headings)) return { headings, delimiter, index };
      if (!fallback || (fallback.index === index && headings.length > fallback.headings.length)) {
        fallback = { headings, delimiter, index };
      }
    }
    if (++tried >= HEADING_LINES_MAX) break;
  }
  return fallback;
}

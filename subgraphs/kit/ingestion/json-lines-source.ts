// Reads JSON Lines: one object a line, whose keys are the headings.
import type { SourceCell } from './cell-text.ts';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';
import type { RowSource, SourceRow } from './row-source.ts';
import type { LineBlock } from './text-lines.ts';

/** Lines whose keys together are the headings by which a format is known. */
const HEADING_LINES_MAX = 100;

/**
 * Opens a JSON Lines file; keys that appear later become further headings.
 *
 * @throws ImportError if the first lines hold no object
 */
export async function openJsonLines(
  blocks: AsyncIterator<LineBlock>,
  limits: ImportLimits,
): Promise<RowSource> {
  const head = await readHead(blocks);
  const headings: string[] = [];
  const places = new Map<string, number>();

  const read = (line: string | null, number: number): SourceRow | undefined => {
    if (line === null) return problem(number, `longer than ${limits.lineBytesMax} bytes`);
    if (line.trim() === '') return undefined;
    const value = parseObject(line);
    if (typeof value === 'string') return problem(number, value);
    const cells: SourceCell[] = [];
    for (const key of Object.keys(value)) {
      let place = places.get(key);
      if (place === undefined) {
        place = headings.length;
        if (place >= limits.columnsMax) {
          return problem(number, `a key beyond the ${limits.columnsMax} of the file`);
        }
        places.set(key, place);
        headings.push(key);
      }
      cells[place] = value[key];
    }
    return { line: number, cells, problem: undefined, text: line };
  };

  for (const [index, line] of head.lines.slice(0, HEADING_LINES_MAX).entries())
    read(line, index + 1);
  if (headings.length === 0) {
    throw new ImportError(
      'input',
      head.lines.includes(null)
        ? `The first lines are longer than ${limits.lineBytesMax} bytes: write one object a line.`
        : 'The file is empty, or its first lines are no JSON objects.',
    );
  }

  async function* batches(): AsyncGenerator<readonly SourceRow[]> {
    let block: LineBlock | undefined = head;
    while (block) {
      const rows: SourceRow[] = [];
      let number = block.firstLine;
      for (const line of block.lines) {
        const row = read(line, number++);
        if (row) rows.push(row);
      }
      yield rows;
      const next: IteratorResult<LineBlock, unknown> = await blocks.next();
      block = next.done ? undefined : next.value;
    }
  }

  return { kind: 'JSON Lines', headings, batches };
}

/** Reads blocks until they have the lines that name the headings, or the file ends. */
async function readHead(blocks: AsyncIterator<LineBlock>): Promise<LineBlock> {
  const lines: (string | null)[] = [];
  while (lines.length < HEADING_LINES_MAX) {
    const next: IteratorResult<LineBlock, unknown> = await blocks.next();
    if (next.done) break;
    for (const line of next.value.lines) lines.push(line);
  }
  return { firstLine: 1, lines };
}

/** Returns the object, or why there is none; the library's message would quote the line. */
function parseObject(line: string): Readonly<Record<string, unknown>> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  // JSON may name half a character, which no encoding can store; JSON.stringify gives it away.
  if (/\\ud[89a-f]/i.test(line) && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value))) {
    return 'holds half a character';
  }
  return value as Readonly<Record<string, unknown>>;
}

function problem(line: number, reason: string): SourceRow {
  return { line, cells: [], problem: reason };
}

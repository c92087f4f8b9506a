// Writes the error table of gateway/README.md from the one table of codes:
// `node --import=#typescript gateway/test/error-table.ts` puts it between the two markers.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ERROR_CODES } from '../../subgraphs/kit/errors.ts';

/** The file that holds the table. */
export const README_FILE = fileURLToPath(new URL('../README.md', import.meta.url));

const BEGIN = '<!-- error table: begin -->';
const END = '<!-- error table: end -->';

/** Replaces what stands between the markers of a text by the table of today. */
export function withErrorTable(text: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) throw new Error('the markers of the error table are missing');
  return `${text.slice(0, begin + BEGIN.length)}\n\n${errorTable()}\n${text.slice(end)}`;
}

function errorTable(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, { status, meaning, remedy }]) => [
    `\`${code}\``,
    String(status),
    meaning,
    remedy,
  ]);
  const table = [['code', 'status', 'meaning', 'what to do'], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(README_FILE, withErrorTable(readFileSync(README_FILE, 'utf8')));
}

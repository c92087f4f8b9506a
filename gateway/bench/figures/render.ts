// Figures as text for a terminal, and as Markdown for the recorded results.
import { isMet, type Cell, type Figures, type Goal, type Table } from './figures.ts';
import type { Machine } from './machine.ts';

/** Writes the figures of a workload for a terminal. */
export function renderText(name: string, figures: Figures): string {
  const blocks = [
    `== ${name}`,
    ...figures.setting,
    ...figures.tables.map((table) => `${table.title}\n${textTable(table)}`),
    ...(figures.goals.length > 0 ? [figures.goals.map(goalText).join('\n')] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Writes them as a section of a Markdown document. */
export function renderMarkdown(name: string, figures: Figures, machine: Machine): string {
  const { date, commit, ...rest } = machine;
  const about = Object.entries(rest).map(([fact, value]) => `${fact} ${value}`);
  const blocks = [
    `## ${name}`,
    ...figures.setting,
    ...figures.tables.map((table) => `**${table.title}**\n\n${markdownTable(table)}`),
    ...(figures.goals.length > 0
      ? [figures.goals.map((goal) => `- ${goalText(goal)}`).join('\n')]
      : []),
    `Measured ${date ?? ''} at commit ${commit ?? ''}; ${about.join(', ')}.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Writes a number with three or four digits that count. */
export function renderNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-GB');
  const size = Math.abs(value);
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  return value.toLocaleString('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? renderNumber(cell) : cell;
}

function goalText(goal: Goal): string {
  const { what, measured, unit, limit, kind } = goal;
  const word = isMet(goal) ? 'met' : 'NOT met';
  const value = [renderNumber(measured), unit].filter((part) => part !== '').join(' ');
  return `${what}: ${value}, the goal of ${kind} ${renderNumber(limit)} is ${word}`;
}

function textTable({ columns, rows }: Table): string {
  const lines = [columns, ...rows.map((row) => row.map(cellText))];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((text, at) =>
          at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, at) => (at === 0 ? '---' : '---:'));
  return [line(columns), line(rule), ...rows.map((row) => line(row.map(cellText)))].join('\n');
}

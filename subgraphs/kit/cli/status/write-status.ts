// The state of sectors in words, for somebody at a terminal.
import { styleText } from 'node:util';
import type { Attention } from './find-attention.ts';
import type { DatabaseState, OpenDatabaseState, SectorState } from './sector-state.ts';

const HASH_CHARACTERS = 8;
const LABEL_WIDTH = 13;

/** How much is told, and how. */
export interface StatusForm {
  /** A paragraph a sector, with its record types and formats, instead of a row of a table. */
  readonly details: boolean;
  readonly colours: boolean;
}

type Paint = (format: 'bold' | 'red' | 'green', text: string) => string;

/** Writes how sectors stand, then what needs attention. */
export function writeStatus(
  states: readonly SectorState[],
  attention: readonly Attention[],
  { details, colours }: StatusForm,
): string {
  const paint: Paint = (format, text) =>
    colours ? styleText(format, text, { validateStream: false }) : text;
  const marked = states.map((state) => {
    const isWell = !attention.some(({ sector }) => sector === state.sector);
    return { state, mark: isWell ? paint('green', 'well') : paint('red', 'attention') };
  });
  const body = details
    ? marked.map(({ state, mark }) => paragraph(state, `${paint('bold', state.sector)}: ${mark}`))
    : [table(marked.map(({ state, mark }) => [...cellsOf(state), mark]))];
  const needs = attention.map(
    ({ sector, message, remedy }) => `  ${paint('bold', sector)}: ${message}\n      ${remedy}`,
  );
  const end = needs.length === 0 ? 'Nothing needs attention.' : 'What needs attention:';
  return `${[...body, [end, ...needs].join('\n')].join('\n\n')}\n`;
}

function paragraph(state: SectorState, head: string): string {
  const lines = [
    ['schema', schemaLine(state)],
    ['process', processLine(state)],
    ...databaseLines(state),
  ].map(([label = '', text = '']) => `  ${label.padEnd(LABEL_WIDTH)}${text}`);
  return [head, ...lines].join('\n');
}

const HEADS = ['sector', 'schema', 'process', 'records', 'last import', 'next display end', ''];

function cellsOf(state: SectorState): readonly string[] {
  const { sector, schema, subgraph, database } = state;
  const own = schema.workingTree.slice(0, HASH_CHARACTERS);
  const process =
    subgraph.kind === 'not running' ? 'none' : subgraph.isReady ? 'ready' : 'not ready';
  const cells = [sector, schema.published === schema.workingTree ? own : `${own}*`, process];
  if (database.kind !== 'open') return [...cells, databaseWord(database), '', ''];
  const last = database.imports.map(({ at }) => at).sort();
  const current = database.records.reduce((sum, record) => sum + record.current, 0);
  return [
    ...cells,
    about(database.records.some(({ isEstimate }) => isEstimate)) + String(current),
    last.at(-1)?.slice(0, MINUTE_CHARACTERS).replace('T', ' ') ?? 'none',
    database.display.nextEndsOn === null
      ? 'none'
      : about(database.display.isEstimate) + database.display.nextEndsOn,
  ];
}

/** What the planner expects is said to be no count. */
function about(isEstimate: boolean): string {
  return isEstimate ? 'about ' : '';
}

/** An instant down to its minute. */
const MINUTE_CHARACTERS = 16;

/** The last cell of a row may be coloured: nothing stands behind it that has to be aligned. */
function table(rows: readonly (readonly string[])[]): string {
  const all = [HEADS, ...rows];
  const widths = HEADS.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function schemaLine({ schema: { workingTree, published } }: SectorState): string {
  const own = workingTree.slice(0, HASH_CHARACTERS);
  if (published === null) return `${own}, not published`;
  return published === workingTree
    ? `${own}, published`
    : `${own}; published is ${published.slice(0, HASH_CHARACTERS)}`;
}

function processLine({ subgraph }: SectorState): string {
  if (subgraph.kind === 'not running') return `none at ${subgraph.address}`;
  const { address, isReady, servesWorkingTree } = subgraph;
  const schema =
    servesWorkingTree === null
      ? 'does not tell its schema'
      : servesWorkingTree
        ? 'this schema'
        : 'another schema';
  return `${isReady ? 'ready' : 'not ready'} at ${address}, ${schema}`;
}

type Line = readonly [label: string, text: string];

function databaseWord(database: Exclude<DatabaseState, OpenDatabaseState>): string {
  return database.kind === 'missing' ? 'not there' : 'out of reach';
}

function databaseLines({ database }: SectorState): readonly Line[] {
  if (database.kind !== 'open') return [['database', databaseWord(database)]];
  const { migrationsPending: pending, readersCurrent, batchesWithdrawn, display } = database;
  const migrations = pending.length === 0 ? 'up to date' : `${pending.length} migrations wait`;
  const some = about(display.isEstimate);
  const first = display.endedFirstOn === null ? '' : `, the first on ${display.endedFirstOn}`;
  const ended =
    display.ended === 0 ? 'none has ended' : `${some}${display.ended} have ended${first}`;
  const due =
    display.deletionDue === 0
      ? ''
      : `; ${some}${display.deletionDue} versions are due for deletion`;
  return [
    ['database', `${migrations}, readers ${readersCurrent ? 'current' : 'not current'}`],
    ...recordLines(database),
    ...importLines(database),
    ...(batchesWithdrawn > 0 ? [['withdrawn', `${batchesWithdrawn} of its batches`] as const] : []),
    [
      'display',
      `next ends ${display.nextEndsOn === null ? 'never' : some + display.nextEndsOn}; ${ended}${due}`,
    ],
  ];
}

function recordLines({ records }: OpenDatabaseState): readonly Line[] {
  const [current, versions] = [
    records.reduce((sum, record) => sum + record.current, 0),
    records.reduce((sum, record) => sum + record.versions, 0),
  ];
  const some = about(records.some(({ isEstimate }) => isEstimate));
  const total: Line = ['records', `${some}${current} current, ${some}${versions} versions`];
  const ofTypes = records.map((record): Line => [
    '',
    `${record.type}: ${about(record.isEstimate)}${record.current} current, ` +
      `${about(record.isEstimate)}${record.versions} versions`,
  ]);
  return [total, ...ofTypes];
}

function importLines({ imports }: OpenDatabaseState): readonly Line[] {
  const newestFirst = [...imports].sort((a, b) => (a.at < b.at ? 1 : -1));
  if (newestFirst.length === 0) return [['last import', 'none']];
  return newestFirst.map((one, at): Line => {
    const { fileName, format, at: instant, inserted, changed, unchanged, rejected } = one;
    const receipt = `${inserted} new, ${changed} changed, ${unchanged} unchanged, ${rejected} refused`;
    return [
      at === 0 ? 'last import' : '',
      ` ${instant} ${fileName} (${format}): ${receipt}`.trim(),
    ];
  });
}

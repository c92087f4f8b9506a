// The records of a world: the rows of every record table of every sector, as the database writes them
// in JSON. A world is data; what runs on it stands elsewhere.
import { loadSectors } from '../../../../subgraphs/kit/cli/sectors.ts';
import type { RecordTable } from '../../../../subgraphs/kit/database/record-table.ts';
import type { Sector } from '../../../../subgraphs/kit/server/sector.ts';

/** All sectors. */
export const SECTORS: readonly Sector[] = (await loadSectors([])).map(({ sector }) => sector);

/** A row by the names of its SQL columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows by `<sector>.<table>`. */
export type World = ReadonlyMap<string, readonly Row[]>;

/** The moment at which the sectors of a world believe to be, and its legal day. */
export const NOW = new Date('2026-07-01T04:00:00Z');
export const TODAY = '2026-07-01';

/** Names the rows of a table within a world. */
export function tableKey(sector: Pick<Sector, 'name'>, table: Pick<RecordTable, 'table'>): string {
  return `${sector.name}.${table.table}`;
}

/** Lists all record tables with their sectors. */
export function allTables(): readonly { readonly sector: Sector; readonly table: RecordTable }[] {
  return SECTORS.flatMap((sector) => sector.tables.map((table) => ({ sector, table })));
}

/** Reads a text column. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`${column} is no text`);
  return value;
}

/** Groups the versions of each record, oldest first. */
export function recordsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${textOf(row, 'subject_code')} ${textOf(row, 'record_id')}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const byVersion = (a: Row, b: Row): number => Number(a['version']) - Number(b['version']);
  return [...groups.values()].map((versions) => versions.sort(byVersion));
}

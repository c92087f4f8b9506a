// The words of a world for drawn operations: its codes, names, numbers and days, and the cursors of all
// its records, those that a caller may not see first of all.
import { encodeCursor } from '../../../../subgraphs/kit/database/cursor.ts';
import { creditCodeOf } from '../../../../subgraphs/kit/samples/synthetic-code.ts';
import type { Random } from '../../../../subgraphs/kit/samples/random.ts';
import { createCursors, type Vocabulary } from '../operations/vocabulary.ts';
import { allTables, tableKey, TODAY, type Row, type World } from './world.ts';

/** What is searched for beside what records say. */
const SEARCHED = ['云州', '有限公司', '星河', 'yunzhou', 'q', '工程', '贸易', '9901'] as const;
const INDEX_OF_STRANGERS = 70_000;
const BUSY = 9;

/** Makes codes that no subject of the population has. */
export function codesOfStrangers(count: number, offset = 0): readonly string[] {
  return Array.from({ length: count }, (_, at) =>
    creditCodeOf(INDEX_OF_STRANGERS + offset + at, at % 3 === 0 ? '92' : '91', '990101', false),
  );
}

/**
 * Collects the words.
 *
 * @param worlds the first world and the other: what is hidden in either is asked for in both
 */
export function wordsOf(
  random: Random,
  worlds: readonly World[],
  codes: readonly string[],
  strangers: readonly string[],
): Vocabulary {
  const texts = new Map<string, string[]>();
  const add = (name: string, ...values: unknown[]): void => {
    const list = texts.get(name) ?? [];
    texts.set(name, list);
    for (const value of values) if (typeof value === 'string' && value !== '') list.push(value);
  };
  const cursors: string[] = [];
  const days = new Set<string>([TODAY, '2026-06-30', '2026-07-02', '2025-01-01']);
  for (const world of worlds) {
    for (const { sector, table } of allTables()) {
      for (const row of world.get(tableKey(sector, table)) ?? []) {
        const position = { sortDate: String(row['sort_date']), recordId: String(row['record_id']) };
        if (random.chance(0.3)) cursors.push(encodeCursor(table.type, position));
        if (table.table === 'projects') {
          cursors.push(encodeCursor('ConstructionProjectSearch', position));
          add('number', row['project_number']);
          add('builder', row['subject_code'], partOf(random, row['builder_name']));
        }
        addNames(random, row, add);
        if (random.chance(0.2)) cursors.push(feedCursor(row));
        if (random.chance(0.1)) days.add(String(row['recorded_at']).slice(0, 10));
        if (random.chance(0.1)) {
          const until = row['display_until'];
          days.add(typeof until === 'string' ? until : TODAY);
        }
      }
    }
  }
  add('name', ...SEARCHED);
  add('region', '99', '9901', '990101', '990100', '990000', 'x');
  add('sector', 'tax', 'construction', 'courts', 'unknown');
  add('organisation', 'agency-north', 'business-west');
  add('operation', '{ me { tier } }', `{ subject(code: "${codes[0] ?? ''}") { name } }`, '{ x }');
  add('variables', '{}');
  return {
    // Those of which most is known are asked for most.
    codes: [
      ...codes,
      ...strangers,
      ...Array.from({ length: 4 }, () => codes.slice(0, BUSY)).flat(),
    ],
    unknownCodes: codesOfStrangers(5, 500),
    days: [...days],
    pastDays: [...days].filter((day) => day <= TODAY),
    texts,
    cursors: createCursors(random.shuffle(cursors)),
  };
}

function addNames(
  random: Random,
  row: Row,
  add: (name: string, ...values: unknown[]) => void,
): void {
  for (const column of ['name', 'name_english']) {
    if (!random.chance(0.5)) continue;
    add('name', random.chance(0.4) ? row[column] : partOf(random, row[column]));
  }
  if (random.chance(0.1)) add('platform', row['platform']);
  if (random.chance(0.3)) add('city', row['city_code']);
  if (random.chance(0.3)) add('region', row['region_code'], row['region']);
}

/** A part of a name, now and then with a slip in it. */
function partOf(random: Random, name: unknown): string | null {
  if (typeof name !== 'string') return null;
  const from = random.integer(0, Math.max(0, name.length - 2));
  const part = name.slice(from, from + random.integer(2, 8));
  return random.chance(0.2) ? `${part.slice(0, 1)}${part.slice(2)}` : part;
}

/** A cursor as a feed gives it for a version. */
function feedCursor(row: Row): string {
  const at = new Date(String(row['recorded_at'])).toISOString();
  return Buffer.from(`changes ${at} ${String(row['record_id'])}`).toString('base64url');
}

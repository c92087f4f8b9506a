// A small world in which everything occurs: every record type, every class of rows, every phase of
// the clocks, histories whose versions differ in class; made from rows of the real import.
import {
  DISCLOSURE_CLASSES,
  type DisclosureClass,
} from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import type { RecordTable } from '../../../../subgraphs/kit/database/record-table.ts';
import { dateOfDay, dayNumber, type Random } from '../../../../subgraphs/kit/samples/random.ts';
import { drawColumns, readFields, type RecordField } from './column-values.ts';
import { allTables, tableKey, textOf, TODAY, type Row, type World } from './world.ts';

/** What rows are drawn from, and with. */
export interface RowSource {
  readonly table: RecordTable;
  readonly templates: readonly Row[];
  readonly fields: readonly RecordField[];
  /** Codes of the subjects of the world. */
  readonly codes: readonly string[];
}

/** Subjects with several records of every type; the others have few. */
const BUSY_SUBJECTS = 9;

/** Makes the world of a seed. */
export function makeDenseWorld(random: Random, templates: World, codes: readonly string[]): World {
  const fields = readFields(templates);
  return new Map(
    allTables().map(({ sector, table }) => {
      const key = tableKey(sector, table);
      const source = {
        table,
        codes,
        templates: templates.get(key) ?? [],
        fields: fields.get(key)?.fields ?? [],
      };
      return [key, drawTable(random.fork(key), source)];
    }),
  );
}

function drawTable(random: Random, source: RowSource): readonly Row[] {
  const { table, codes, templates } = source;
  if (table.key.length === 0) {
    return templates.flatMap((row) => {
      const code = textOf(row, 'subject_code');
      return drawRecord(random.fork(code), { ...source, templates: [row] }, code);
    });
  }
  return codes.flatMap((code, at) => {
    const own = random.fork(code);
    const count =
      at < BUSY_SUBJECTS
        ? own.integer(3, 6)
        : own.weighted([
            [0, 6],
            [1, 3],
            [2, 1],
          ]);
    return Array.from({ length: count }, (_, which) =>
      drawRecord(own.fork(which), source, code),
    ).flat();
  });
}

/** Draws a record with its versions, the last of which stands. */
export function drawRecord(random: Random, source: RowSource, code: string): readonly Row[] {
  const template = random.pick(source.templates);
  const recordId = drawId(random);
  const count = random.weighted([
    [1, 5],
    [2, 3],
    [3, 2],
    [4, 1],
  ]);
  const moments = drawMoments(random, count);
  const linked = drawLinks(random, source, code, template);
  // A subject that the registry hides leads to no record: of most subjects it shows what it has.
  const isCalm = source.table.key.length === 0 && random.chance(0.7);
  const usual = isCalm ? source.table.class : drawClass(random, source.table.class);
  return moments.map((recordedAt, at) => ({
    ...template,
    ...drawFields(random, source.fields, at > 0 ? 0.3 : 0.15),
    ...linked,
    ...(!isCalm && drawClocks(random)),
    subject_code: code,
    record_id: recordId,
    version: at + 1,
    recorded_at: recordedAt,
    superseded_at: moments[at + 1] ?? null,
    retrieved_at: `${recordedAt.slice(0, 10)}T00:00:00Z`,
    disclosure_class: isCalm
      ? template['disclosure_class']
      : random.chance(0.7)
        ? usual
        : drawClass(random, source.table.class),
    dispute: random.weighted([
      ['NONE', 8],
      ['UNDER_REVIEW', 1],
      ['UNRESOLVED', 1],
    ]),
    sort_date: random.chance(0.4) ? template['sort_date'] : random.dateBetween('2024-01-01', TODAY),
  }));
}

/** Draws the values of some of the fields anew. */
export function drawFields(
  random: Random,
  fields: readonly RecordField[],
  probability: number,
): Row {
  const drawn = fields
    .filter(({ columns }) => !LINKS.some((link) => columns.includes(link)))
    .filter(() => random.chance(probability));
  return Object.fromEntries(
    drawn.flatMap((field) => {
      const values = drawColumns(random, field);
      return field.columns.map((column, at) => [column, values[at]]);
    }),
  );
}

/** Columns by which records lead to others. */
const LINKS = ['project_number', 'builder_code'] as const;
const PROJECTS_OF_SUBJECT = 3;

/** Lets the stages and parties of a project name one that its builder has. */
function drawLinks(random: Random, { codes }: RowSource, code: string, template: Row): Row {
  if (!('project_number' in template)) return {};
  const isParty = 'builder_code' in template;
  const builder = isParty ? random.pick(codes.slice(0, BUSY_SUBJECTS)) : code;
  const number = `${builder.slice(2, 8)}${builder.slice(8, 17)}${random.integer(1, PROJECTS_OF_SUBJECT)}`;
  return { project_number: number, ...(isParty && { builder_code: builder }) };
}

/** Draws a class that rows of a table may have, mostly the least restricted one. */
export function drawClass(random: Random, least: DisclosureClass): DisclosureClass {
  if (random.chance(0.5)) return least;
  return random.pick(DISCLOSURE_CLASSES.slice(DISCLOSURE_CLASSES.indexOf(least)));
}

/** Draws state and clocks: on display, before or after it, repaired, expired, due for deletion. */
export function drawClocks(random: Random): Row {
  const day = (first: number, last: number): string =>
    dateOfDay(dayNumber(TODAY) + random.integer(first, last));
  const closed = { state: random.pick(['REPAIRED', 'WITHDRAWN']), state_reason: '已修复' };
  const standing = { state: 'EFFECTIVE', state_reason: null };
  const open = {
    ...standing,
    display_from: random.chance(0.3) ? null : day(-900, 0),
    display_until: random.chance(0.4) ? null : day(0, 700),
    query_from: null,
    query_until: random.chance(0.5) ? null : day(0, 1_500),
    deletion_from: null,
    deletion_until: random.chance(0.7) ? null : day(0, 3_000),
  };
  return random.weighted<Row>([
    [open, 64],
    [{ ...open, display_from: day(-900, -300), display_until: day(-290, -1) }, 12],
    [{ ...open, display_from: day(1, 90), display_until: null }, 6],
    [{ ...open, ...closed }, 8],
    [{ ...open, display_until: day(-300, -200), query_until: day(-199, -1) }, 6],
    [{ ...open, deletion_until: day(-400, -1) }, 4],
  ]);
}

/** Draws moments one after the other, each of its own day. */
export function drawMoments(random: Random, count: number): readonly string[] {
  const days = new Set<number>();
  const last = dayNumber(TODAY) - 1;
  while (days.size < count) days.add(last - random.integer(0, 500));
  return [...days]
    .sort((a, b) => a - b)
    .map((day) => {
      const seconds = random.integer(0, 86_399);
      return new Date(day * 86_400_000 + seconds * 1_000).toISOString();
    });
}

const HEXADECIMAL = Array.from('0123456789abcdef');

/** Draws the id of a record. */
export function drawId(random: Random): string {
  return Array.from({ length: 26 }, () => random.pick(HEXADECIMAL)).join('');
}

// What the items of a run share: the sector under test, its schema as it answers it, the subjects to
// ask about, and readings, each made once.
import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { codesOf, askSector, isObject, type SectorAnswer } from './ask-sector.ts';
import { callersAtLarge, callersOver, type SuiteCaller } from './callers.ts';
import { makeReading, type Reading } from './reading.ts';
import { readSectorMap, type SectorMap } from './sector-map.ts';
import type { SectorUnderTest } from './sector-under-test.ts';
import { narrow, selectAll, writeSelection, type SelectedType } from './selection.ts';

/** The sector under test with what the suite has found out about it. */
export interface Probe {
  readonly sector: SectorUnderTest;
  readonly map: SectorMap;
  /** Subjects with the most records, so that all record types have some; never none. */
  readonly subjects: readonly string[];
  /** Coordinates of SPECIAL fields. */
  readonly special: readonly string[];
  /** Asks an operation as a caller, by default an anonymous one. */
  readonly ask: (
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    caller?: SuiteCaller,
  ) => Promise<SectorAnswer>;
  /** Reads everything of a subject, or, for null, below Query. */
  readonly read: (caller: SuiteCaller, subject: string | null) => Promise<Reading>;
  /** Reads again which records there are of a subject, where something has changed; not what they say. */
  readonly readRecords: (caller: SuiteCaller, subject: string) => Promise<Reading>;
  /** The callers at large, by name. */
  readonly caller: (name: string) => SuiteCaller;
  readonly callersOver: (subject: string) => readonly SuiteCaller[];
}

/** Asks for the section, or for Subject itself where the sector has none, of several subjects. */
export const ENTITIES = (selection: string): string =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { ${selection} } } }`;

const DEPTH_MAX = 7;
const SUBJECT_FIRST = 20;
const QUERY_FIRST = 5;
const SUBJECTS_MAX = 4;
const SUBJECTS_MIN = 2;
/** Subjects that are asked about in one request while they are chosen. */
const BATCH = 100;

/** Gives the representations of subjects. */
export function representations(codes: readonly string[]): Readonly<Record<string, unknown>> {
  return { r: codes.map((code) => ({ __typename: 'Subject', code })) };
}

/**
 * Reads the schema of a sector and chooses subjects.
 *
 * @throws Error where the sector does not give its schema, or knows none of the subjects
 */
export async function openProbe(sector: SectorUnderTest): Promise<Probe> {
  const map = readSectorMap(sector.name, await readSdl(sector));
  const atLarge = new Map(callersAtLarge(sector.name).map((caller) => [caller.name, caller]));
  const special = [...map.classes].flatMap(([at, value]) => (value === 'SPECIAL' ? [at] : []));
  const readings = new Map<string, Promise<Reading>>();
  const ask: Probe['ask'] = async (query, variables = {}, caller) =>
    askSector(sector.url, {
      query,
      variables,
      envelope: await sector.keys.seal(sector.name, caller),
    });
  const caller: Probe['caller'] = (name) => {
    const found = atLarge.get(name);
    if (!found) throw new Error(`there is no caller "${name}"`);
    return found;
  };
  const selections = selectionsOf(sector.name, map);
  const read: Probe['read'] = (as, subject) => {
    const key = `${as.name} ${subject ?? ''}`;
    const reading =
      readings.get(key) ??
      readWhole(subject === null ? selections.query : selections.subject, map, ask, as, subject);
    readings.set(key, reading);
    return reading;
  };
  return {
    sector,
    map,
    special,
    ask,
    read,
    readRecords: (as, subject) => readWhole(selections.records, map, ask, as, subject),
    caller,
    callersOver: (subject) => callersOver(sector.name, subject, special),
    subjects: await chooseSubjects(sector, map, ask, caller('an auditor')),
  };
}

async function readSdl({ url }: SectorUnderTest): Promise<string> {
  const answer = await askSector(url, { query: '{ _service { sdl } }' });
  const service = answer.data?.['_service'];
  const sdl = isObject(service) ? service['sdl'] : undefined;
  if (typeof sdl === 'string') return sdl;
  throw new Error(
    `${url} does not answer { _service { sdl } } without an envelope: status ${answer.status} ` +
      `${codesOf(answer).join(', ')}. Answer it: composition reads the schema there.`,
  );
}

interface Selections {
  readonly subject: SelectedType;
  /** Of a subject, what tells which records there are: every way to them, and their ids. */
  readonly records: SelectedType;
  readonly query: SelectedType;
}

function selectionsOf(name: string, map: SectorMap): Selections {
  const { schema } = map;
  const subject = map.types.find((type) => type.name === 'Subject');
  const query = schema.getQueryType();
  const none: SelectedType = { type: 'Query', isFragment: false, fields: [] };
  if (!subject) throw new Error('The schema has no type Subject.');
  const all = selectAll(map, subject, { depthMax: DEPTH_MAX, first: SUBJECT_FIRST });
  const whole = map.section
    ? { ...all, fields: all.fields.filter((field) => field.name === name) }
    : all;
  return {
    subject: whole,
    records: narrow(whole, (coordinate) => leadsToRecords(map, coordinate)),
    query: query ? selectAll(map, query, { depthMax: DEPTH_MAX, first: QUERY_FIRST }) : none,
  };
}

function leadsToRecords({ schema, recordTypes }: SectorMap, coordinate: string): boolean {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  if (typeName === 'Subject' && fieldName === 'code') return true;
  if (recordTypes.has(typeName) && ['id', 'subject'].includes(fieldName)) return true;
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  return field !== undefined && !isLeafType(getNamedType(field.type));
}

async function readWhole(
  selection: SelectedType,
  { recordTypes }: SectorMap,
  ask: Probe['ask'],
  caller: SuiteCaller,
  subject: string | null,
): Promise<Reading> {
  const text = writeSelection([selection]);
  if (subject === null) {
    const answer = selection.fields.length > 0 ? await ask(text, {}, caller) : NOTHING;
    const root = { value: answer.data, path: [] };
    return makeReading({ caller, subject, answer }, selection, root, recordTypes);
  }
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject ${text} } }`;
  const answer = await ask(query, representations([subject]), caller);
  const entities = answer.data?.['_entities'];
  const value: unknown = Array.isArray(entities) ? entities[0] : null;
  const root = { value, path: ['_entities', 0] };
  return makeReading({ caller, subject, answer }, selection, root, recordTypes);
}

const NOTHING: SectorAnswer = { status: 200, text: '', data: {}, errors: [], durationMs: 0 };

/** Takes subjects until every list of records has some, those with the most first. */
async function chooseSubjects(
  { name, subjects }: SectorUnderTest,
  map: SectorMap,
  ask: Probe['ask'],
  caller: SuiteCaller,
): Promise<readonly string[]> {
  const lists = map.paged.filter((list) => list.root === 'Subject' && list.kind === 'CONNECTION');
  if (subjects.length <= 2) return subjects;
  if (lists.length === 0 || map.section === null) {
    return chooseByFields(subjects.slice(0, BATCH), map, ask, caller);
  }
  const selection = lists.map(({ fields }) => `${String(fields.at(-1))}(first: 0) { totalCount }`);
  const counts = new Map<string, readonly number[]>();
  for (let at = 0; at < subjects.length; at += BATCH) {
    const codes = subjects.slice(at, at + BATCH);
    const query = ENTITIES(`${name} { ${selection.join(' ')} }`);
    const { data } = await ask(query, representations(codes), caller);
    const entities = Array.isArray(data?.['_entities']) ? data['_entities'] : [];
    for (const [index, entity] of entities.entries()) {
      const section: unknown = isObject(entity) ? entity[name] : null;
      counts.set(
        codes[index] ?? '',
        lists.map(({ fields }) => countOf(section, fields.at(-1))),
      );
    }
  }
  return cover(counts, lists.length, SUBJECTS_MIN);
}

/** Where there are no lists to count, by the fields that are not null. */
async function chooseByFields(
  subjects: readonly string[],
  map: SectorMap,
  ask: Probe['ask'],
  caller: SuiteCaller,
): Promise<readonly string[]> {
  const type = map.types.find(({ name }) => name === 'Subject');
  if (!type) throw new Error('The schema has no type Subject.');
  const selection = selectAll(map, type, { depthMax: 4, first: 1 });
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject ${writeSelection([selection])} } }`;
  const { data } = await ask(query, representations(subjects), caller);
  const entities = Array.isArray(data?.['_entities']) ? data['_entities'] : [];
  const filled = entities.map((entity) => filledFields(entity, ''));
  const all = [...new Set(filled.flatMap((names) => [...names]))];
  const counts = new Map(
    subjects.map((code, index) => [code, all.map((name) => (filled[index]?.has(name) ? 1 : 0))]),
  );
  return cover(counts, all.length, SUBJECTS_MAX);
}

function filledFields(value: unknown, path: string): Set<string> {
  if (Array.isArray(value)) return filledFields(value[0], path);
  if (!isObject(value)) return new Set(value === null || value === undefined ? [] : [path]);
  return new Set(
    Object.entries(value).flatMap(([key, below]) => [...filledFields(below, `${path}.${key}`)]),
  );
}

function countOf(section: unknown, field: string | undefined): number {
  const list = isObject(section) ? section[field ?? ''] : null;
  const total = isObject(list) ? list['totalCount'] : 0;
  return typeof total === 'number' ? total : 0;
}

/** Greedy cover: each subject is the one that adds the most lists, then the most records. */
function cover(
  counts: ReadonlyMap<string, readonly number[]>,
  lists: number,
  atLeast: number,
): readonly string[] {
  const chosen: string[] = [];
  const missing = new Set(Array.from({ length: lists }, (_, index) => index));
  const gain = (of: readonly number[]): number =>
    of.reduce((sum, n, i) => sum + (missing.has(i) && n > 0 ? 1_000_000 : 0) + n, 0);
  while (chosen.length < SUBJECTS_MAX) {
    const [best] = [...counts]
      .filter(([code]) => !chosen.includes(code))
      .sort(([, a], [, b]) => gain(b) - gain(a));
    if (!best) break;
    chosen.push(best[0]);
    for (const [index, count] of best[1].entries()) if (count > 0) missing.delete(index);
    if (missing.size === 0 && chosen.length >= atLeast) break;
  }
  return chosen;
}

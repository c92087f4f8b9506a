// The records of a report: each with what every record tells of itself, the day it stands under, and
// its own fields.
import type { ListPlan, SectionPlan } from './report-plan.ts';
import { isObject, readFields, type NamedValue, type Value } from './read-value.ts';

/** One record, as the report shows it. */
export interface ReportRecord {
  /** Unique in the report. */
  readonly key: string;
  readonly id: string;
  readonly sector: string;
  /** Name of its GraphQL type. */
  readonly type: string;
  /** Day that it stands under; null where it gives none. */
  readonly day: string | null;
  /** Year that it is about; null where it gives none. */
  readonly year: number | null;
  /** What names it among its like: a number, a name. */
  readonly title: string | null;
  readonly class: string | null;
  readonly state: string | null;
  readonly stateReason: string | null;
  readonly dispute: string | null;
  readonly source: readonly NamedValue[];
  readonly clocks: readonly NamedValue[];
  /** What is its own, without nested records. */
  readonly fields: readonly NamedValue[];
  /** Records within it, such as the contracts of a project. */
  readonly within: readonly NamedValue[];
}

/** What every record has; it is not repeated among the record's own fields. */
const OF_EVERY_RECORD = new Set([
  'id',
  'source',
  'clocks',
  'disclosureClass',
  'state',
  'stateReason',
  'dispute',
  'recordedAt',
]);
const YEAR_FIELDS = ['ratingYear', 'year'];
/** Days on which something happened; not those until which something holds or is planned. */
const EVENT_FIELDS = /^(?!starts|ends|valid).*(?:On|From|since)$/;
const TITLE_FIELDS = /(?:^name|Number|^title|^storeName|^platform|^cause|^period|^pollutant)$/;

/** Reads the records of one page of a list. */
export function readRecords(
  section: SectionPlan,
  list: ListPlan,
  nodes: readonly unknown[],
): ReportRecord[] {
  return nodes.filter(isObject).map((node) => readRecord(section, list, node));
}

/** Tells whether its subject disputes a record. */
export function isDisputed({ dispute }: ReportRecord): boolean {
  return dispute !== null && dispute !== 'NONE';
}

/** Orders records, newest first; those without a day stand last. */
export function byDay(a: ReportRecord, b: ReportRecord): number {
  if (a.day === b.day) return a.key < b.key ? -1 : 1;
  if (a.day === null) return 1;
  if (b.day === null) return -1;
  return a.day < b.day ? 1 : -1;
}

function readRecord(
  section: SectionPlan,
  { name, record }: ListPlan,
  node: Readonly<Record<string, unknown>>,
): ReportRecord {
  const values = readFields(record, node);
  const id = typeof node['id'] === 'string' ? node['id'] : '';
  const own = values.filter((value) => !OF_EVERY_RECORD.has(value.name));
  const source = objectOf(values, 'source');
  const day = dayOf(own, source);
  return {
    key: `${section.name}/${name}/${id}`,
    id,
    sector: section.sector,
    type: record.type.name,
    day,
    year: yearOf(own) ?? (day === null ? null : Number(day.slice(0, 4))),
    title: titleOf(own),
    class: wordOf(values, 'disclosureClass'),
    state: wordOf(values, 'state'),
    stateReason: textOf(values, 'stateReason'),
    dispute: wordOf(values, 'dispute'),
    source,
    clocks: objectOf(values, 'clocks'),
    fields: own.filter(({ isRecord, name: field }) => !isRecord && field !== 'subjectName'),
    within: own.filter(({ isRecord }) => isRecord),
  };
}

/** The day of the decision, else of the first event that the record tells, else of its publication. */
function dayOf(own: readonly NamedValue[], source: readonly NamedValue[]): string | null {
  const day =
    dayIn(source, (name) => name === 'decidedOn') ??
    dayIn(own, (name) => EVENT_FIELDS.test(name)) ??
    dayIn(source, (name) => name === 'publishedOn');
  if (day !== null) return day;
  const year = yearOf(own);
  if (year !== null) return `${year}-12-31`;
  const read = source.find(({ value }) => value.kind === 'instant')?.value;
  return read?.kind === 'instant' ? read.instant.slice(0, 10) : null;
}

function dayIn(values: readonly NamedValue[], isWanted: (name: string) => boolean): string | null {
  const found = values.find(({ name, value }) => value.kind === 'day' && isWanted(name))?.value;
  return found?.kind === 'day' ? found.day : null;
}

function yearOf(own: readonly NamedValue[]): number | null {
  const found = own.find(({ name }) => YEAR_FIELDS.includes(name))?.value;
  return found?.kind === 'number' ? found.number : null;
}

function titleOf(own: readonly NamedValue[]): string | null {
  for (const { name, value } of own) {
    if (TITLE_FIELDS.test(name) && value.kind === 'text') return value.text;
    if (YEAR_FIELDS.includes(name) && value.kind === 'number') return String(value.number);
  }
  return null;
}

function valueOf(values: readonly NamedValue[], name: string): Value | undefined {
  return values.find((value) => value.name === name)?.value;
}

function objectOf(values: readonly NamedValue[], name: string): readonly NamedValue[] {
  const value = valueOf(values, name);
  return value?.kind === 'object' ? value.fields : [];
}

function wordOf(values: readonly NamedValue[], name: string): string | null {
  const value = valueOf(values, name);
  return value?.kind === 'word' ? value.word : null;
}

function textOf(values: readonly NamedValue[], name: string): string | null {
  const value = valueOf(values, name);
  return value?.kind === 'text' ? value.text : null;
}

// A record to one line of COPY, with the two hashes by which the merge knows it: which record it is,
// and whether it says anything new.
import { hash } from 'node:crypto';
import { stricterClass } from '../authority/disclosure-class.ts';
import { sqlColumnsOf, type RecordColumn, type RecordTable } from '../database/record-table.ts';
import type { Clock } from '../lifecycle/clocks.ts';
import type { RecordDraft } from './record-file.ts';

/** A record that is ready for the staging table. */
export interface StagedRow {
  /** One line of COPY in text format, without its line end. */
  readonly copy: string;
}

/** Why a draft is no record: a field of it and the reason. */
export interface DraftFault {
  readonly field: string;
  readonly reason: string;
}

/** Turns a draft into a line of COPY, or says what is wrong with it. */
export type RowStager = (draft: RecordDraft, line: number) => StagedRow | DraftFault;

/** Columns that every staging table has, in the order of the COPY line. */
export const STAGED_COLUMNS = [
  'subject_code',
  'record_id',
  'content_hash',
  'retrieved_at',
  'disclosure_class',
  'state',
  'state_reason',
  'dispute',
  'publisher',
  'publisher_code',
  'document_number',
  'decided_on',
  'published_on',
  'display_start',
  'display_from',
  'display_until',
  'query_start',
  'query_from',
  'query_until',
  'deletion_start',
  'deletion_from',
  'deletion_until',
  'sort_date',
] as const;

/** Lists the columns of a table that a file fills, in the order of the COPY line. */
export function stagedColumnsOf(table: RecordTable): readonly string[] {
  return [...STAGED_COLUMNS, ...Object.values(table.columns).flatMap(sqlColumnsOf)];
}

const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;
const SEPARATOR = '\u001f';
const RECORD_ID_LENGTH = 26;
const CONTENT_HASH_LENGTH = 32;
const NULL = '\\N';

const COPY_SPECIAL = /[\\\t\n\r\b\f\v]/g;
const COPY_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/**
 * Makes the stager of one table.
 *
 * The content hash covers all that the file says of a record, by the name of the column, so that a
 * new column that a record does not fill leaves its hash as it was. The day of retrieval is left
 * out: the same facts fetched again are not news.
 *
 * @param retrievedAt ISO instant for records that do not state their own
 */
export function rowStager(table: RecordTable, retrievedAt: string): RowStager {
  const own = Object.entries(table.columns);
  const prefixes = stagedColumnsOf(table)
    .slice(STAGED_COLUMNS.indexOf('disclosure_class'))
    .map((name) => `${name}=`);

  return (draft, line) => {
    const unknown = Object.keys(draft.values).find((field) => !(field in table.columns));
    if (unknown !== undefined) return { field: unknown, reason: 'is no column of the table' };
    const fault = faultOf(draft);
    if (fault) return fault;
    const recordId = recordIdOf(table, draft);
    if (recordId === null) return { field: table.key[0] ?? '', reason: KEY_MISSING };

    const values = fixedValues(table, draft);
    for (const [field, column] of own) {
      const reason = appendValue(values, column, draft.values[field]);
      if (reason !== undefined) return { field, reason };
    }
    // Pieces are joined at once: text that grows by += is copied again when it is hashed and sent.
    const content: string[] = [];
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value === null || value === undefined) values[i] = NULL;
      else {
        content.push((prefixes[i] ?? '') + value);
        values[i] = escapeCopy(value);
      }
    }
    const contentHash = hash('sha256', content.join(SEPARATOR)).slice(0, CONTENT_HASH_LENGTH);
    const retrieved = draft.source.retrievedAt ?? retrievedAt;
    const head = `${line}\t${draft.subjectCode}\t${recordId}\t${contentHash}\t${retrieved}\t`;
    return { copy: head + values.join('\t') };
  };
}

const KEY_MISSING = 'is empty, and without it the record cannot be told from others';

/**
 * Computes the identifier of a record from its type, its subject and the values of its key. A part
 * of the key may be absent, all of it may not.
 */
function recordIdOf(table: RecordTable, draft: RecordDraft): string | null {
  let text = `${table.type}${SEPARATOR}${draft.subjectCode}`;
  let present = table.key.length === 0;
  for (const field of table.key) {
    const value = draft.values[field] ?? sourceValue(draft, field);
    if (value !== undefined && value !== null && value !== '') present = true;
    text += SEPARATOR;
    if (typeof value === 'string') text += value;
    else if (value !== undefined) text += JSON.stringify(value);
  }
  return present ? hash('sha256', text).slice(0, RECORD_ID_LENGTH) : null;
}

/** A key may name a field of the record's provenance, such as the number of its document. */
function sourceValue(draft: RecordDraft, field: string): unknown {
  const known: Readonly<Record<string, unknown>> = { ...draft.source, sortDate: draft.sortDate };
  return known[field];
}

function fixedValues(table: RecordTable, draft: RecordDraft): (string | null)[] {
  const { source, clocks } = draft;
  const values: (string | null)[] = [
    draft.disclosureClass ? stricterClass(table.class, draft.disclosureClass) : table.class,
    draft.state ?? 'EFFECTIVE',
    draft.stateReason ?? null,
    draft.dispute ?? 'NONE',
    source.publisher,
    source.publisherCode ?? null,
    source.documentNumber ?? null,
    source.decidedOn ?? null,
    source.publishedOn ?? null,
  ];
  for (const clock of [clocks.display, clocks.query, clocks.deletion]) {
    values.push(clock.start, clock.from, untilOf(clock));
  }
  values.push(draft.sortDate);
  return values;
}

/** A clock that runs to "no end" is open. */
function untilOf(clock: Clock): string | null {
  return clock.until === 'OPEN' ? null : clock.until;
}

function faultOf(draft: RecordDraft): DraftFault | undefined {
  if (draft.source.publisher.trim() === '') return { field: 'publisher', reason: 'is empty' };
  const { source, clocks } = draft;
  return (
    dateFault('sortDate', draft.sortDate) ??
    dateFault('decidedOn', source.decidedOn) ??
    dateFault('publishedOn', source.publishedOn) ??
    instantFault('retrievedAt', source.retrievedAt) ??
    clockFault('display', clocks.display) ??
    clockFault('query', clocks.query) ??
    clockFault('deletion', clocks.deletion)
  );
}

function clockFault(name: string, clock: Clock): DraftFault | undefined {
  return dateFault(name, clock.from) ?? dateFault(name, untilOf(clock));
}

function dateFault(field: string, date: string | null | undefined): DraftFault | undefined {
  if (date === null || date === undefined || DATE.test(date)) return undefined;
  return { field, reason: date === 'OPEN' ? NO_END : 'is not a date' };
}

function instantFault(field: string, instant: string | undefined): DraftFault | undefined {
  if (instant === undefined || INSTANT.test(instant)) return undefined;
  if (!Number.isNaN(Date.parse(instant))) return undefined;
  return { field, reason: 'is not an instant' };
}

const NO_END = 'is "no end" where a day is needed';

/** Appends the SQL values of a field, two for money; returns what is wrong with it, if anything. */
function appendValue(
  values: (string | null)[],
  column: RecordColumn,
  value: unknown,
): string | undefined {
  if (value === undefined || value === null) {
    values.push(null);
    if (column.kind === 'money') values.push(null);
    return undefined;
  }
  switch (column.kind) {
    case 'text':
    case 'instant':
      if (typeof value !== 'string') return 'is not text';
      values.push(value);
      return undefined;
    case 'date':
      if (value === 'OPEN') return NO_END;
      if (typeof value !== 'string' || !DATE.test(value)) return 'is not a date';
      values.push(value);
      return undefined;
    case 'integer':
      if (!isSafeInteger(value)) return 'is not a whole number';
      values.push(value.toString());
      return undefined;
    case 'decimal':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'is not a number';
      values.push(value.toString());
      return undefined;
    case 'boolean':
      if (typeof value !== 'boolean') return 'is not true or false';
      values.push(value ? 't' : 'f');
      return undefined;
    case 'money': {
      const { minorUnits, currency } = value as { minorUnits?: unknown; currency?: unknown };
      if (!isSafeInteger(minorUnits) || typeof currency !== 'string') {
        return 'is not an amount';
      }
      values.push(String(minorUnits), currency);
      return undefined;
    }
    case 'json':
      values.push(JSON.stringify(value));
      return undefined;
  }
}

function isSafeInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function escapeCopy(text: string): string {
  return /[\\\t\n\r\b\f\v]/.test(text)
    ? text.replace(COPY_SPECIAL, (character) => COPY_ESCAPES[character] ?? character)
    : text;
}

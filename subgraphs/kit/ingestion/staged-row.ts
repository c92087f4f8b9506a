// A record to one line of COPY, with the two hashes by which the merge knows it: which record it is,
// and whether it says anything new.
import { hash } from 'node:crypto';
import { sqlColumnsOf, type RecordColumn, type RecordTable } from '../database/record-table.ts';
import { draftFault, NO_END, untilOf, type DraftFault } from './draft-fault.ts';
import type { RecordDraft } from './record-file.ts';
import { classOfRow } from './row-class.ts';

/** A record that is ready for the staging table. */
export interface StagedRow {
  /** One line of COPY in text format, without its line end. */
  readonly copy: string;
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
const CURRENCY = /^[A-Z]{3}$/;
const SEPARATOR = '\u001f';
const RECORD_ID_LENGTH = 26;
const CONTENT_HASH_LENGTH = 32;
const NULL = '\\N';
const KEY_MISSING = 'is empty, and without it the record cannot be told from others';

/**
 * Makes the stager of one table.
 *
 * The content hash covers all that the file says of a record. The instant of retrieval is left out:
 * the same facts fetched again are not news. So are empty columns at the end, so that a column that
 * is added there changes only the records that fill it.
 *
 * @param retrievedAt ISO instant for records that do not state their own
 */
export function rowStager(table: RecordTable, retrievedAt: string): RowStager {
  const own = Object.entries(table.columns);

  return (draft, line) => {
    const fault = draftFault(draft, table);
    if (fault) return fault;
    const recordId = recordIdOf(table, draft);
    if (recordId === null) return { field: table.key[0] ?? '', reason: KEY_MISSING };

    const values = fixedValues(table, draft);
    for (const [field, column] of own) {
      const reason = appendValue(values, column, draft.values[field]);
      if (reason !== undefined) return { field, reason };
    }
    // Joined at once and hashed as it is sent: text that grows piece by piece is copied each time.
    const content = values.join('\t');
    const contentHash = hash('sha256', content.slice(0, content.length - emptyEnd(values)));
    const head = [
      line,
      draft.subjectCode,
      recordId,
      contentHash.slice(0, CONTENT_HASH_LENGTH),
      draft.source.retrievedAt ?? retrievedAt,
      content,
    ];
    return { copy: head.join('\t') };
  };
}

/** Counts the characters that empty columns at the end take up. */
function emptyEnd(values: readonly string[]): number {
  let filled = values.length;
  while (values[filled - 1] === NULL) filled--;
  return (values.length - filled) * (NULL.length + 1);
}

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

/** The values of the columns after `retrieved_at`, as COPY writes them. */
function fixedValues(table: RecordTable, draft: RecordDraft): string[] {
  const { source, clocks } = draft;
  const { display, query, deletion } = clocks;
  return [
    classOfRow(table, draft),
    draft.state ?? 'EFFECTIVE',
    textOrNull(draft.stateReason),
    draft.dispute === undefined ? 'NONE' : escapeCopy(draft.dispute),
    escapeCopy(source.publisher),
    textOrNull(source.publisherCode),
    textOrNull(source.documentNumber),
    source.decidedOn ?? NULL,
    source.publishedOn ?? NULL,
    display.start,
    display.from ?? NULL,
    untilOf(display) ?? NULL,
    query.start,
    query.from ?? NULL,
    untilOf(query) ?? NULL,
    deletion.start,
    deletion.from ?? NULL,
    untilOf(deletion) ?? NULL,
    draft.sortDate,
  ];
}

/** Appends the SQL values of a field, two for money; returns what is wrong with it, if anything. */
function appendValue(values: string[], column: RecordColumn, value: unknown): string | undefined {
  if (value === undefined || value === null) {
    values.push(NULL);
    if (column.kind === 'money') values.push(NULL);
    return undefined;
  }
  switch (column.kind) {
    case 'text':
    case 'instant':
      if (typeof value !== 'string') return 'is not text';
      values.push(escapeCopy(value));
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
      if (!isSafeInteger(minorUnits)) return 'is not an amount';
      if (typeof currency !== 'string' || !CURRENCY.test(currency)) return 'has no currency';
      values.push(minorUnits.toString(), currency);
      return undefined;
    }
    case 'json':
      values.push(escapeCopy(JSON.stringify(value)));
      return undefined;
  }
}

function isSafeInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function textOrNull(text: string | undefined): string {
  return text === undefined ? NULL : escapeCopy(text);
}

const COPY_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

function escapeCopy(text: string): string {
  return /[\\\t\n\r\b\f\v]/.test(text)
    ? text.replace(/[\\\t\n\r\b\f\v]/g, (character) => COPY_ESCAPES[character] ?? character)
    : text;
}

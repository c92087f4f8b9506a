// A whole reading of a sector as one caller: everything that its schema has, of one subject or below
// Query, with each value held against the field it is of.
import { isObject, type AnswerError, type SectorAnswer } from './ask-sector.ts';
import type { SuiteCaller } from './callers.ts';
import type { Selected, SelectedType } from './selection.ts';

/** A value of an answer. */
export interface ReadField {
  readonly selected: Selected;
  readonly value: unknown;
  /** Response keys and places in lists, from the top. */
  readonly path: readonly (string | number)[];
  readonly errors: readonly AnswerError[];
  /** The object that it is a field of. */
  readonly parent: Readonly<Record<string, unknown>>;
  /** Credit code of the subject that the object is about. */
  readonly subject: string | null;
}

/** A record of an answer. */
export interface ReadRecord {
  readonly type: string;
  readonly record: Readonly<Record<string, unknown>>;
  readonly path: readonly (string | number)[];
  /** Whether it is an earlier version, below `history`. */
  readonly isHistory: boolean;
  /** Whether its source and clocks were asked for: at the limit of depth they are not. */
  readonly isWhole: boolean;
}

/** What a caller read. */
export interface Reading {
  readonly caller: SuiteCaller;
  /** Whom it asked about; null for what stands below Query. */
  readonly subject: string | null;
  readonly answer: SectorAnswer;
  readonly fields: readonly ReadField[];
  readonly records: readonly ReadRecord[];
}

/** Holds an answer against the selection that asked for it. */
export function makeReading(
  asked: Pick<Reading, 'caller' | 'subject' | 'answer'>,
  selection: SelectedType,
  root: { readonly value: unknown; readonly path: readonly (string | number)[] },
  recordTypes: ReadonlySet<string>,
): Reading {
  const errors = errorsByPath(asked.answer.errors);
  const fields: ReadField[] = [];
  const records: ReadRecord[] = [];
  const visit = (
    types: readonly SelectedType[],
    value: unknown,
    path: readonly (string | number)[],
    subject: string | null,
  ): void => {
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) visit(types, entry, [...path, index], subject);
      return;
    }
    if (!isObject(value)) return;
    const typeName = value['__typename'];
    const type = types.find((one) => !one.isFragment || one.type === typeName);
    if (!type) return;
    const record = plainRecord(type, value);
    const about = codeOf(record) ?? subject;
    if (recordTypes.has(type.type)) {
      const isWhole = ['source', 'clocks'].every((name) =>
        type.fields.some((field) => field.name === name),
      );
      records.push({
        ...{ type: type.type, record, path, isWhole },
        isHistory: path.some(isHistoryKey),
      });
    }
    for (const selected of type.fields) {
      const at = [...path, selected.key];
      const below = value[selected.key];
      fields.push({
        selected,
        value: below,
        path: at,
        errors: errors.get(JSON.stringify(at)) ?? [],
        parent: value,
        subject: about,
      });
      visit(selected.below, below, at, about);
    }
  };
  visit([selection], root.value, root.path, asked.subject);
  return { ...asked, fields, records };
}

/** Tells a value that says something: not null, and not of the kind that says "none". */
export function isDisclosed(value: unknown): boolean {
  return value !== null && value !== undefined && !isEmpty(value);
}

/** Tells a value by which "none" is said: nothing in a list, no records on a page, zero, no text. */
export function isEmpty(value: unknown): boolean {
  if (value === 0 || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isObject(value)) return false;
  return Array.isArray(value['nodes']) && value['nodes'].length === 0 && !value['totalCount'];
}

/** A record with its fields under their own names, whether it was read by a fragment or not. */
function plainRecord(
  { isFragment, fields }: SelectedType,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (!isFragment) return value;
  return Object.fromEntries(fields.map(({ key, name }) => [name, value[key]]));
}

function codeOf(record: Readonly<Record<string, unknown>>): string | null {
  const subject = record['subject'];
  const code = isObject(subject) ? subject['code'] : undefined;
  return typeof code === 'string' ? code : null;
}

function isHistoryKey(key: string | number): boolean {
  return typeof key === 'string' && /(^|__)history$/.test(key);
}

function errorsByPath(errors: readonly AnswerError[]): ReadonlyMap<string, AnswerError[]> {
  const byPath = new Map<string, AnswerError[]>();
  for (const error of errors) {
    const key = JSON.stringify(error.path ?? []);
    byPath.set(key, [...(byPath.get(key) ?? []), error]);
  }
  return byPath;
}

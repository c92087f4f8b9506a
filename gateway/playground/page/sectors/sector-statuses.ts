// How each sector stands: which root field says it, whether the caller may ask, and what it answered.
import { getNamedType, type GraphQLSchema } from 'graphql';
import type { Answer } from '../graph/ask.ts';
import { readFieldAuthority, type FieldAuthority } from '../graph/field-authority.ts';
import { isObject } from '../report/read-value.ts';

/** A root field that says how a sector stands. */
export interface StatusField {
  readonly name: string;
  readonly sector: string;
  readonly authority: FieldAuthority;
}

/** How a sector stands. */
export type SectorStatus =
  | { readonly kind: 'withheld' | 'unavailable' }
  | {
      readonly kind: 'told';
      readonly records: readonly TypeStatus[];
      readonly lastImportAt: string | null;
      readonly oldestRetrievedAt: string | null;
      readonly nextDisplayDeadline: string | null;
    };

/** How many records there are of a type. */
export interface TypeStatus {
  readonly type: string;
  readonly current: number;
  readonly displayed: number;
}

const STATUS = 'SectorStatus';

/** Finds the fields in the whole schema. */
export function statusFieldsOf(schema: GraphQLSchema): readonly StatusField[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {})
    .filter((field) => getNamedType(field.type).name === STATUS)
    .map((field) => {
      const authority = readFieldAuthority(field.description);
      return { name: field.name, sector: authority.sectors[0] ?? field.name, authority };
    });
}

/** Asks for those that the caller may ask for; null where there is none. */
export function statusDocument(fields: readonly StatusField[]): string | null {
  const asked = fields.filter(({ authority }) => isAsked(authority));
  if (asked.length === 0) return null;
  const selection =
    '{ records { type current displayed } lastImportAt oldestRetrievedAt nextDisplayDeadline }';
  return `query SectorStatuses { ${asked.map(({ name }) => `${name} ${selection}`).join(' ')} }`;
}

/** Reads what one field answered; what was not asked is withheld. */
export function readStatus(field: StatusField, answer: Answer<unknown> | null): SectorStatus {
  const { authority, name } = field;
  if (!isAsked(authority)) return { kind: 'withheld' };
  const value = isObject(answer?.data) ? answer.data[name] : undefined;
  if (isObject(value)) {
    const { records, lastImportAt, oldestRetrievedAt, nextDisplayDeadline } = value;
    return {
      kind: 'told',
      records: (Array.isArray(records) ? records : []).filter(isObject).map(readType),
      lastImportAt: textOr(lastImportAt),
      oldestRetrievedAt: textOr(oldestRetrievedAt),
      nextDisplayDeadline: textOr(nextDisplayDeadline),
    };
  }
  const error = answer?.errors.find(({ path }) => path?.[0] === name) ?? answer?.errors[0];
  const isRefused = error?.extensions['code'] !== 'SUBGRAPH_UNAVAILABLE';
  return { kind: isRefused ? 'withheld' : 'unavailable' };
}

function isAsked({ decision }: FieldAuthority): boolean {
  return decision === 'open' || decision === 'depends';
}

function readType({ type, current, displayed }: Readonly<Record<string, unknown>>): TypeStatus {
  return {
    type: typeof type === 'string' ? type : '',
    current: typeof current === 'number' ? current : 0,
    displayed: typeof displayed === 'number' ? displayed : 0,
  };
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

// What a connection was asked for, as the shape of a statement and the values of its parameters.
import { PublicError } from '../errors.ts';
import { decodeCursor } from './cursor.ts';
import type { RecordAccess } from './record-access.ts';
import type { QueryShape, RecordFilter } from './record-query.ts';
import type { RecordTable } from './record-table.ts';
import type { ParamValues } from './statement.ts';

/** What a connection is asked for. */
export interface PageRequest {
  /** Records at most, 0 to 100. */
  readonly first: number;
  readonly after?: string | null;
  /** Reads what stood at the end of this day, ISO date. */
  readonly asOf?: string | null;
  /** Values of the filters in use, by argument name. */
  readonly filters: Readonly<
    Record<string, { readonly filter: RecordFilter; readonly value: unknown }>
  >;
  /** Counts all records of the connection as well. */
  readonly total: boolean;
}

/**
 * Reads the shape of a request.
 *
 * @throws PublicError UNAUTHORIZED_FIELD_OR_TYPE for a filter by a field that is not in sight
 */
export function shapeOf(
  table: RecordTable,
  { fields, rows }: RecordAccess,
  request: PageRequest,
): QueryShape {
  const filters: Record<string, RecordFilter> = {};
  for (const [argument, { filter }] of Object.entries(request.filters).sort()) {
    // An argument may narrow only by what the caller may see, or the count would tell the rest.
    if (filter.field in table.columns && !fields.includes(filter.field)) {
      throw argumentRefusal(argument, `${table.type}.${filter.field}`);
    }
    filters[argument] = filter;
  }
  return {
    filters,
    rows,
    after: typeof request.after === 'string',
    asOf: typeof request.asOf === 'string',
    total: request.total,
  };
}

/** Makes the error of an argument that compares with a field that is not in sight. */
export function argumentRefusal(argument: string, coordinate: string): PublicError {
  return new PublicError(
    'UNAUTHORIZED_FIELD_OR_TYPE',
    `The argument ${argument} compares with ${coordinate}, which you may not see.`,
    {
      hint: 'Leave the argument out, or obtain what the field itself needs.',
      extensions: { coordinate },
    },
  );
}

/**
 * Reads the parameters of a request.
 *
 * @throws PublicError INVALID_CURSOR for a cursor of another connection
 */
export function valuesOf(
  table: RecordTable,
  access: RecordAccess,
  today: string,
  request: PageRequest,
): ParamValues {
  const after = typeof request.after === 'string' ? decodeCursor(table.type, request.after) : null;
  return {
    ...access.values,
    today,
    asOf: request.asOf ?? null,
    limit: request.first + 1,
    afterDate: after?.sortDate ?? null,
    afterId: after?.recordId ?? null,
    ...Object.fromEntries(
      Object.entries(request.filters).map(([name, { value }]) => [name, value]),
    ),
  };
}

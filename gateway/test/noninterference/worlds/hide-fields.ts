// Changes the hidden fields of a row that is shown: columns of its own, and parts of values in them.
import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  type GraphQLOutputType,
} from 'graphql';
import type { RecordTable } from '../../../../subgraphs/kit/database/record-table.ts';
import type { Random } from '../../../../subgraphs/kit/samples/random.ts';
import { drawColumns, drawLike, type RecordField } from './column-values.ts';
import type { Row } from './world.ts';

/** Gives the row with other values wherever the caller may not see one. */
export function hideFields(
  random: Random,
  table: RecordTable,
  fields: readonly RecordField[],
  row: Row,
  maySee: (coordinate: string) => boolean,
): Row {
  const changes = fields.flatMap((field): (readonly [string, unknown])[] => {
    if (!maySee(`${table.type}.${field.name}`)) {
      const values = drawColumns(random, field);
      return field.columns.map((column, at) => [column, values[at]] as const);
    }
    const [column, ...others] = field.columns;
    if (column === undefined || others.length > 0) return [];
    return [[column, hideParts(random, field.type, row[column], maySee)]];
  });
  return { ...row, ...Object.fromEntries(changes) };
}

/** A list whose every part is hidden still shows how many there are. */
function hideParts(
  random: Random,
  type: GraphQLOutputType,
  value: unknown,
  maySee: (coordinate: string) => boolean,
): unknown {
  const nullable = getNullableType(type);
  if (Array.isArray(value)) {
    const item = isListType(nullable) ? nullable.ofType : nullable;
    return value.map((inner: unknown) => hideParts(random, item, inner, maySee));
  }
  const named = getNamedType(nullable);
  if (typeof value !== 'object' || value === null || !isObjectType(named)) return value;
  const known = named.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const field = known[name];
      if (!field) return [name, inner];
      return maySee(`${named.name}.${name}`)
        ? [name, hideParts(random, field.type, inner, maySee)]
        : [name, drawLike(random, field.type, inner)];
    }),
  );
}

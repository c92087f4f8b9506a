// Draws values of a record's own fields: another record's, or one that no record has, of the same form
// and within what the schema allows.
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { sqlColumnsOf, type RecordTable } from '../../../../subgraphs/kit/database/record-table.ts';
import type { Random } from '../../../../subgraphs/kit/samples/random.ts';
import { schemaOf } from './sector-schemas.ts';
import { allTables, tableKey, type Row, type World } from './world.ts';

/** The fields of a record table, with the values that its records have. */
export interface TableFields {
  readonly fields: readonly RecordField[];
}

/** One of a record's own fields. */
export interface RecordField {
  readonly name: string;
  readonly type: GraphQLOutputType;
  /** One column, or two for money. */
  readonly columns: readonly string[];
  /** Values that records have, as the columns hold them. */
  readonly values: readonly (readonly unknown[])[];
}

/** Reads the fields of all record tables, by table key, with the values of a world's records. */
export function readFields(world: World): ReadonlyMap<string, TableFields> {
  return new Map(
    allTables().map(({ sector, table }) => {
      const rows = world.get(tableKey(sector, table)) ?? [];
      return [tableKey(sector, table), { fields: fieldsOf(schemaOf(sector).schema, table, rows) }];
    }),
  );
}

function fieldsOf(
  schema: GraphQLSchema,
  table: RecordTable,
  rows: readonly Row[],
): readonly RecordField[] {
  const type = schema.getType(table.type);
  if (!isObjectType(type)) throw new Error(`there is no type ${table.type}`);
  return Object.entries(table.columns).map(([name, column]) => {
    const field = type.getFields()[name];
    if (!field) throw new Error(`there is no field ${table.type}.${name}`);
    const columns = sqlColumnsOf(column);
    return {
      name,
      type: field.type,
      columns,
      values: rows.map((row) => columns.map((c) => row[c])),
    };
  });
}

/** Draws the value of a field, column by column. */
export function drawColumns(random: Random, field: RecordField): readonly unknown[] {
  const known = random.pick(field.values);
  // What is a number of somebody's keeps its form: another record's is taken as it is.
  if (field.columns.some((column) => /(code|region|number)$/.test(column))) return known;
  // Where a record lacks the value, its column may be empty; elsewhere the database refuses that.
  if (field.columns.length === 2) {
    const isEmpty = known[0] === null && (isNonNullType(field.type) || random.chance(0.5));
    return isEmpty ? known : [random.integer(1, 90_000_000) * 100, known[1] ?? 'CNY'];
  }
  return [drawLike(random, field.type, known[0])];
}

/** Draws a value of the form of another one. */
export function drawLike(random: Random, type: GraphQLOutputType, known: unknown): unknown {
  const nullable = getNullableType(type);
  if (Array.isArray(known)) {
    const item = isListType(nullable) ? nullable.ofType : nullable;
    return known.map((value: unknown) => drawLike(random, item, value));
  }
  if (typeof known === 'object' && known !== null && isObjectType(nullable)) {
    const fields = nullable.getFields();
    return Object.fromEntries(
      Object.entries(known).map(([name, value]) => {
        const field = fields[name];
        return [name, field ? drawLike(random, field.type, value) : value];
      }),
    );
  }
  const named = getNamedType(type);
  if (known === null && (isNonNullType(type) || isListType(nullable) || random.chance(0.5))) {
    return known;
  }
  if (isEnumType(named)) return random.pick(named.getValues()).name;
  return drawLeaf(random, named.name, known);
}

function drawLeaf(random: Random, type: string, known: unknown): unknown {
  switch (type) {
    case 'String':
    case 'ID':
      if (typeof known === 'string' && random.chance(0.6)) return known;
      return `${typeof known === 'string' ? known.slice(0, 12) : ''}${drawWord(random)}`;
    case 'Int':
    case 'SafeInteger':
      return Math.max(0, (typeof known === 'number' ? known : 10) + random.integer(-3, 3));
    case 'Float':
      return random.integer(0, 1_000) / 10;
    case 'Boolean':
      return random.chance(0.5);
    case 'Date':
      return random.dateBetween('2019-01-01', '2026-12-31');
    default:
      return known;
  }
}

const CHARACTERS = Array.from('溪岭竹途荷堤榆雁星河枫林云栖');

/** Draws a word that is in no sample. */
function drawWord(random: Random): string {
  return Array.from({ length: random.integer(2, 4) }, () => random.pick(CHARACTERS)).join('');
}

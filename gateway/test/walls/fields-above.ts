// Operations that lead to fields above a caller, one for each such field of each record table.
import {
  getNamedType,
  isCompositeType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { DisclosureClass } from '../../../subgraphs/kit/authority/disclosure-class.ts';
import { buildSectorSchema } from '../../../subgraphs/kit/server/subgraph-schema.ts';
import { SECTORS } from '../noninterference/worlds/world.ts';

/** A field with an operation that leads to it. */
export interface FieldAbove {
  readonly coordinate: string;
  readonly class: DisclosureClass;
  readonly sector: string;
  /** Takes the variable `code`. */
  readonly query: string;
  /** Whether all that the operation asks for besides is PUBLIC. */
  readonly isAlone: boolean;
}

/** Lists the fields of records that are not PUBLIC, by the sections of subjects. */
export function fieldsAbove(schema: GraphQLSchema): readonly FieldAbove[] {
  const subject = schema.getType('Subject');
  if (!isObjectType(subject)) throw new Error('there are no subjects');
  return SECTORS.flatMap((sector) => {
    const { classes } = buildSectorSchema(sector);
    const section = subject.getFields()[sector.name];
    const type = section && getNamedType(section.type);
    if (!isObjectType(type)) return [];
    return sector.tables.flatMap((table): FieldAbove[] => {
      const list = connectionOf(type, table.type);
      const record = schema.getType(table.type);
      if (list === null || !isObjectType(record)) return [];
      return Object.keys(table.columns).flatMap((field) => {
        const coordinate = `${table.type}.${field}`;
        const value = classes.get(coordinate);
        if (value === undefined || value === 'PUBLIC') return [];
        const inner = `nodes { ${field}${below(record, field)} }`;
        return {
          coordinate,
          class: value,
          sector: sector.name,
          query: `query ($code: CreditCode!) { subject(code: $code) { ${sector.name} { ${list} { ${inner} } } } }`,
          isAlone: classes.get(`${type.name}.${list}`) === 'PUBLIC',
        };
      });
    });
  });
}

/** The field of a section whose pages hold records of a type. */
function connectionOf(section: GraphQLObjectType, record: string): string | null {
  const found = Object.values(section.getFields()).find(
    ({ type }) => getNamedType(type).name === `${record}Connection`,
  );
  return found?.name ?? null;
}

function below(type: GraphQLObjectType, name: string): string {
  const field = type.getFields()[name];
  const of = field && getNamedType(field.type);
  if (!isCompositeType(of) || !isObjectType(of)) return '';
  const leaves = Object.values(of.getFields()).filter(
    (inner) => !isCompositeType(getNamedType(inner.type)),
  );
  return ` { ${leaves.map((leaf) => leaf.name).join(' ')} }`;
}

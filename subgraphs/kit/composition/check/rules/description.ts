// `description`: everything that a caller can meet is described, since descriptions are the manual.
import { Kind, type ASTNode, type StringValueNode } from 'graphql';
import type { Finding, Rule } from '../rule.ts';
import { fieldsOf, ROOT_TYPES, type OwnType, type SectorSchema } from '../sector-schema-view.ts';

/** Finds types, fields, arguments, values and input fields without a description. */
export const descriptionRule: Rule = {
  id: 'description',
  severity: 'error',
  *find(schema) {
    for (const type of schema.types) {
      if (isDescribedHere(type, schema) && isBlank(type)) yield missing(type, type.name.value);
      yield* ofMembers(type, schema);
    }
  },
};

/** The roots need none, and an entity is described by the sector that owns it. */
function isDescribedHere(type: OwnType, { others }: SectorSchema): boolean {
  const name = type.name.value;
  if (ROOT_TYPES.includes(name) || type.kind.endsWith('Extension')) return false;
  return !others.some(({ whole }) => (whole.get(name) ?? []).some((one) => !isBlank(one)));
}

function* ofMembers(type: OwnType, schema: SectorSchema): Generator<Finding> {
  const name = type.name.value;
  if (type.kind === Kind.ENUM_TYPE_DEFINITION || type.kind === Kind.ENUM_TYPE_EXTENSION) {
    for (const value of type.values ?? []) {
      if (isBlank(value)) yield missing(value, `${name}.${value.name.value}`);
    }
  } else if ('fields' in type) {
    for (const field of type.fields ?? []) {
      const coordinate = `${name}.${field.name.value}`;
      if (isBlank(field) && !isDescribedElsewhere(coordinate, name, schema)) {
        yield missing(field, coordinate);
      }
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      for (const argument of field.arguments ?? []) {
        if (isBlank(argument)) yield missing(argument, `${coordinate}(${argument.name.value}:)`);
      }
    }
  }
}

/** The key of an entity, or what is required of it, is described by its owner. */
function isDescribedElsewhere(coordinate: string, type: string, { others }: SectorSchema): boolean {
  return others.some(({ whole }) =>
    (whole.get(type) ?? [])
      .flatMap(fieldsOf)
      .some((one) => one.coordinate === coordinate && !isBlank(one.field)),
  );
}

function isBlank(node: object): boolean {
  const { description } = node as { readonly description?: StringValueNode };
  return description === undefined || description.value.trim() === '';
}

function missing(node: ASTNode, coordinate: string): Finding {
  return {
    node,
    coordinate,
    message: `${coordinate} has no description.`,
    remedy:
      'Write one before it, in quotes: what it means, its unit and source, and what null means.',
  };
}

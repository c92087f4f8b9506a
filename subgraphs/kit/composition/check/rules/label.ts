// `label`: every field of an object type has a class, by a label that the kit reads.
import { Kind, type ConstDirectiveNode, type ConstValueNode } from 'graphql';
import type { Finding, Rule } from '../rule.ts';
import { readLabel } from '../read-label.ts';
import { fieldsOf, isObjectNode, type OwnType, type SectorSchema } from '../sector-schema-view.ts';

const FORM = '@requiresScopes(scopes: [["credit:public"]])';
const CLASSES = 'credit:public, registered, agency, authorised, government or special';

/** Finds fields without a class, and labels that would not be read. */
export const labelRule: Rule = {
  id: 'label',
  severity: 'error',
  *find(schema) {
    for (const type of schema.types) yield* ofType(type, schema);
    yield* renamedImports(schema);
  },
};

function* ofType(type: OwnType, schema: SectorSchema): Generator<Finding> {
  const places = [
    { coordinate: type.name.value, directives: type.directives },
    ...fieldsOf(type).map(({ coordinate, field }) => ({
      coordinate,
      directives: field.directives,
    })),
  ];
  for (const { coordinate, directives } of places) {
    const label = readLabel(directives);
    if (label.kind === 'unread') yield unread(coordinate, label.node);
    else if (label.kind === 'class' && !isObjectNode(type)) yield misplaced(coordinate, type);
  }
  if (!isObjectNode(type)) return;
  for (const { field, coordinate } of fieldsOf(type)) {
    if (schema.classOf(type.name.value, field.name.value) !== null || isExternal(field)) continue;
    yield {
      node: field,
      coordinate,
      message: `${coordinate} has no class, so that nobody may see it.`,
      remedy: `Label the field or its type: ${FORM}, with ${CLASSES}.`,
    };
  }
}

function isExternal({ directives }: { directives?: readonly ConstDirectiveNode[] }): boolean {
  return (directives ?? []).some(({ name }) => name.value === 'external');
}

function unread(coordinate: string, node: ConstDirectiveNode): Finding {
  return {
    node,
    coordinate,
    message: `The label of ${coordinate} is not one of a class.`,
    remedy: `Write ${FORM}, with exactly one scope: ${CLASSES}.`,
  };
}

function misplaced(coordinate: string, node: OwnType): Finding {
  return {
    node,
    coordinate,
    message: `The label on ${coordinate} covers nothing: it is read on object types and their fields.`,
    remedy: 'Move it to the object types, or the fields, that it is meant for.',
  };
}

/** A label under another name would be overlooked by whoever reads the schema. */
function* renamedImports({ document, sector }: SectorSchema): Generator<Finding> {
  for (const node of document.definitions) {
    if (node.kind !== Kind.SCHEMA_EXTENSION && node.kind !== Kind.SCHEMA_DEFINITION) continue;
    for (const link of node.directives ?? []) {
      const imports = link.arguments?.find(({ name }) => name.value === 'import')?.value;
      if (imports?.kind !== Kind.LIST) continue;
      for (const value of imports.values) {
        const { name, as } = renaming(value);
        if (!/^@(requiresScopes|authenticated|policy)$/.test(name) || as === name) continue;
        yield {
          node: value,
          coordinate: sector,
          message: `${name} is imported as ${as}, under which a label is not read.`,
          remedy: `Import ${name} under its own name.`,
        };
      }
    }
  }
}

function renaming(value: ConstValueNode): { readonly name: string; readonly as: string } {
  if (value.kind !== Kind.OBJECT) return { name: '', as: '' };
  const texts = new Map(
    value.fields.map((one) => [
      one.name.value,
      one.value.kind === Kind.STRING ? one.value.value : '',
    ]),
  );
  const name = texts.get('name') ?? '';
  return { name, as: texts.get('as') ?? name };
}

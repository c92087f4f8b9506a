// `key-public`: the fields by which an entity is found are PUBLIC, since the gateway passes them between
// sectors whoever asks.
import { Kind, parse, type ConstDirectiveNode, type SelectionSetNode } from 'graphql';
import type { Finding, Rule } from '../rule.ts';
import { fieldsOf, namedType, type SectorSchema } from '../sector-schema-view.ts';

/** Finds keys with a field that is not PUBLIC, those of fields within fields as well. */
export const keyPublicRule: Rule = {
  id: 'key-public',
  severity: 'error',
  canBeWaived: false,
  *find(schema) {
    for (const type of schema.types) {
      if (!('fields' in type)) continue;
      const keys = (type.directives ?? []).filter(isKey).map(selectionOf);
      const found = new Set(keys.flatMap((key) => keyFields(type.name.value, key, schema)));
      for (const coordinate of found) {
        const [name = '', field = ''] = coordinate.split('.');
        const value = schema.classOf(name, field);
        if (value === 'PUBLIC') continue;
        const own = fieldsOf(type).find((one) => one.coordinate === coordinate);
        yield problem(own?.field ?? type, coordinate, value);
      }
    }
  },
};

function isKey({ name }: ConstDirectiveNode): boolean {
  return name.value.split('__').at(-1) === 'key';
}

/** `"code authority { code }"`; a text that is none fails in composition, which says so. */
function selectionOf(key: ConstDirectiveNode): SelectionSetNode | null {
  const value = key.arguments?.find(({ name }) => name.value === 'fields')?.value;
  if (value?.kind !== Kind.STRING) return null;
  try {
    const [operation] = parse(`{ ${value.value} }`, { noLocation: true }).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : null;
  } catch {
    return null;
  }
}

function keyFields(
  type: string,
  set: SelectionSetNode | null,
  schema: SectorSchema,
): readonly string[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind !== Kind.FIELD) return [];
    const name = selection.name.value;
    const nodes = (schema.whole.get(type) ?? []).flatMap(fieldsOf);
    const field = nodes.find((one) => one.field.name.value === name)?.field;
    // What is no field of the type fails in composition as well.
    if (!field) return [];
    const within = keyFields(namedType(field.type), selection.selectionSet ?? null, schema);
    return [`${type}.${name}`, ...within];
  });
}

function problem(node: Finding['node'], coordinate: string, value: string | null): Finding {
  return {
    node,
    coordinate,
    message: `${coordinate} is in a key and ${value === null ? 'has no class' : `is ${value}`}.`,
    remedy: 'Take a key that everybody may know: a PUBLIC field, such as the id of the record.',
  };
}

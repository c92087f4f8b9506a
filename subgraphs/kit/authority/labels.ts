// Reads the classes of a subgraph's fields from its own schema: `@requiresScopes` on a field, else
// on its type. A field without a label has no class, and what has no class is refused.
import {
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { classOfScope, stricterClass, type DisclosureClass } from './disclosure-class.ts';

/** Field coordinate (`TaxPenalty.fine`) to class; a field that is missing is refused. */
export type FieldClasses = ReadonlyMap<string, DisclosureClass>;

/**
 * Collects the class of every field of the object types in a schema document. A label on the type
 * covers its fields; where type and field carry one, the stricter counts.
 *
 * @throws Error for a label that is not exactly one scope of the closed list: the standard directive
 *   can say more (alternatives, several scopes), a sector's classification cannot.
 */
export function readFieldClasses(document: DocumentNode): FieldClasses {
  const classes = new Map<string, DisclosureClass>();
  for (const definition of document.definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.OBJECT_TYPE_EXTENSION
    ) {
      continue;
    }
    const type = { ...definition, kind: Kind.OBJECT_TYPE_DEFINITION } as ObjectTypeDefinitionNode;
    const typeClass = labelOf(type.name.value, type.directives ?? []);
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      const fieldClass = labelOf(coordinate, field.directives ?? []);
      const both = typeClass && fieldClass ? stricterClass(typeClass, fieldClass) : null;
      const value = both ?? fieldClass ?? typeClass;
      if (value) classes.set(coordinate, value);
    }
  }
  return classes;
}

function labelOf(
  coordinate: string,
  directives: readonly ConstDirectiveNode[],
): DisclosureClass | null {
  const label = directives.find((directive) => directive.name.value === 'requiresScopes');
  if (!label) return null;
  const scopes = label.arguments?.find((argument) => argument.name.value === 'scopes')?.value;
  const alternatives = scopes?.kind === Kind.LIST ? scopes.values : [];
  const [alternative] = alternatives;
  const [scope] = alternative?.kind === Kind.LIST ? alternative.values : [];
  const single = alternatives.length === 1 && alternative?.kind === Kind.LIST;
  if (!single || alternative.values.length !== 1 || scope?.kind !== Kind.STRING) {
    throw new Error(`${coordinate}: a label names one scope, as in [["credit:public"]]`);
  }
  const value = classOfScope(scope.value);
  if (!value) throw new Error(`${coordinate}: ${scope.value} is not the scope of a class`);
  return value;
}

// A schema as SDL, to be downloaded: what its caller may use, or on request everything, with each
// locked field's class and the way to be allowed in its description.
import {
  isObjectType,
  Kind,
  parse,
  print,
  printSchema,
  visit,
  type FieldDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { RULES, wayToBeAllowed } from './policy.ts';
import type { Verdicts } from './verdicts.ts';
import { isUsable } from './visible-schema.ts';

/** Writes the whole schema, with what is locked for a caller marked as such. */
export function lockedSchemaText(schema: GraphQLSchema, verdicts: Verdicts): string {
  const document = parse(printSchema(schema), { noLocation: true });
  const marked = visit(document, {
    [Kind.OBJECT_TYPE_DEFINITION]: (node) => {
      const type = schema.getType(node.name.value);
      if (!isObjectType(type)) return undefined;
      return { ...node, fields: node.fields?.map((field) => mark(type, field, verdicts)) };
    },
  });
  return print(marked);
}

function mark(
  type: GraphQLObjectType,
  field: FieldDefinitionNode,
  verdicts: Verdicts,
): FieldDefinitionNode {
  const verdict = verdicts.ofField(type, field.name.value);
  if (isUsable(verdict)) return field;
  const { class: needed, sectors, rule } = verdict;
  const value = [
    ...(field.description ? [field.description.value, ''] : []),
    `Locked: ${needed ?? 'no class'}, sector ${sectors.join(' and ')}. ${RULES[rule]}`,
    wayToBeAllowed(verdict),
  ].join('\n');
  return { ...field, description: { kind: Kind.STRING, value, block: true } };
}

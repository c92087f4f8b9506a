// The whole schema as SDL, for a caller to look around in: in each field's description its class, its
// sectors, and where it is locked the way to be allowed.
import {
  isObjectType,
  Kind,
  parse,
  print,
  printSchema,
  visit,
  type FieldDefinitionNode,
  type GraphQLSchema,
} from 'graphql';
import type { WantedField } from './create-authorization.ts';
import { RULES, type RuleId } from './policy.ts';
import { isUsable, type FieldVerdict, type Verdicts } from './verdicts.ts';

/**
 * Writes the whole schema. The last lines of each field's description say what is decided of it:
 * `Open`, `Depends` (on the subject), `Purpose` (one is missing) or `Locked`, the class, the sectors,
 * and the reason.
 */
export function lockedSchemaText(
  schema: GraphQLSchema,
  verdicts: Verdicts,
  wayFor: (wanted: WantedField) => string,
): string {
  const document = parse(printSchema(schema), { noLocation: true });
  const marked = visit(document, {
    [Kind.OBJECT_TYPE_DEFINITION]: (node) => {
      const type = schema.getType(node.name.value);
      if (!isObjectType(type)) return undefined;
      return {
        ...node,
        fields: node.fields?.map((field) =>
          mark(field, verdicts.ofField(type, field.name.value), wayFor),
        ),
      };
    },
  });
  return print(marked);
}

/** What is refused and may be used all the same lacks a purpose, and nothing else. */
const WORDS = { depend: 'Depends', refuse: 'Purpose' } as const;

/** A class alone would say that it is open to anyone. */
const OPEN_TO: Partial<Record<RuleId, string>> = {
  IDENTIFIED_PRINCIPAL: ` ${RULES.IDENTIFIED_PRINCIPAL}`,
};

function mark(
  field: FieldDefinitionNode,
  verdict: FieldVerdict,
  wayFor: (wanted: WantedField) => string,
): FieldDefinitionNode {
  const { class: needed, sectors, rule, decidedBy: coordinate } = verdict;
  const words = `${needed ?? 'no class'}, sector ${sectors.join(' and ')}.`;
  const value = [
    ...(field.description ? [field.description.value, ''] : []),
    ...(isUsable(verdict)
      ? [
          verdict.kind === 'allow'
            ? `Open: ${words}${OPEN_TO[rule] ?? ''}`
            : `${WORDS[verdict.kind]}: ${words} ${RULES[rule]}`,
        ]
      : [`Locked: ${words} ${RULES[rule]}`, wayFor({ ...verdict, coordinate })]),
  ].join('\n');
  return { ...field, description: { kind: Kind.STRING, value, block: true } };
}

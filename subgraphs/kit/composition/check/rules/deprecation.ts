// `deprecation`: what is going to be removed says what to ask instead.
import {
  Kind,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
} from 'graphql';
import type { Finding, Rule } from '../rule.ts';

const REASON_MIN = 12;

/** Finds `@deprecated` without a reason. */
export const deprecationRule: Rule = {
  id: 'deprecation',
  severity: 'warning',
  *find({ types }) {
    for (const type of types) {
      const name = type.name.value;
      const members = 'fields' in type ? type.fields : 'values' in type ? type.values : [];
      for (const member of members) {
        const coordinate = `${name}.${member.name.value}`;
        yield* ofNode(member, coordinate);
        if (member.kind !== Kind.FIELD_DEFINITION) continue;
        for (const argument of member.arguments ?? []) {
          yield* ofNode(argument, `${coordinate}(${argument.name.value}:)`);
        }
      }
    }
  },
};

type Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

function* ofNode(node: Member, coordinate: string): Generator<Finding> {
  const deprecated = node.directives?.find(({ name }) => name.value === 'deprecated');
  if (!deprecated) return;
  const reason = deprecated.arguments?.find(({ name }) => name.value === 'reason')?.value;
  if (reason?.kind === Kind.STRING && reason.value.trim().length >= REASON_MIN) return;
  yield {
    node,
    coordinate,
    message: `${coordinate} is deprecated and does not say what to ask instead.`,
    remedy:
      'Write @deprecated(reason: "...") with the field that takes its place, or why there is none.',
  };
}

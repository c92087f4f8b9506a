// "Did you mean": validation runs against the whole schema, so that a locked field is refused by its
// name, but what it suggests comes from the caller's own schema. A suggestion out of the whole would
// name what the caller has not asked for and may not see.
import {
  GraphQLError,
  validate,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';

/** What the suggestions of a message begin with. */
const SUGGESTION = ' Did you mean';

/** More errors than are told of: what is locked is an error here, and is none against the whole. */
const ERRORS_MAX = 200;

/**
 * Adds suggestions to the errors of a document.
 *
 * @param errors of validation against the whole schema with `hideSuggestions`
 * @param visible the schema of the caller
 * @returns one error for each, in the same order
 */
export function withSuggestions(
  errors: readonly GraphQLError[],
  visible: GraphQLSchema,
  document: DocumentNode,
  rules: readonly ValidationRule[],
): readonly GraphQLError[] {
  const suggested = new Map<ASTNode, GraphQLError[]>();
  for (const error of validate(visible, document, rules, { maxErrors: ERRORS_MAX })) {
    const [node] = error.nodes ?? [];
    if (!node) continue;
    const list = suggested.get(node);
    if (list) list.push(error);
    else suggested.set(node, [error]);
  }
  return errors.map((error) => {
    const [node] = error.nodes ?? [];
    const same = (node ? (suggested.get(node) ?? []) : []).find(({ message }) =>
      message.startsWith(error.message + SUGGESTION),
    );
    if (!same) return error;
    return new GraphQLError(same.message, {
      ...(error.nodes && { nodes: error.nodes }),
      extensions: error.extensions,
    });
  });
}

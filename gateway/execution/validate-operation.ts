// Whether a document can be asked of the schema: which operation of it, and what is wrong with that.
// The whole schema counts, so that what a caller may not see is refused by name.
import {
  getOperationAST,
  GraphQLError,
  Kind,
  recommendedRules,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { ERROR_CODES, PublicError, type ErrorCode } from '../../subgraphs/kit/errors.ts';
import { withSuggestions } from './suggestions.ts';

const VALIDATION_ERRORS_MAX = 20;
const RULES = [...specifiedRules, ...recommendedRules];

/**
 * Picks the operation of this name, or the only one of the document.
 *
 * @returns the error OPERATION_RESOLUTION_FAILURE where there is none
 */
export function chooseOperation(
  document: DocumentNode,
  name: string | null,
): OperationDefinitionNode | PublicError {
  const operation = getOperationAST(document, name);
  if (operation) return operation;
  const count = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION).length;
  const message =
    count === 0
      ? 'The document has no operation.'
      : name === null
        ? `The document has ${count} operations and none is named.`
        : 'The document has no operation of that name.';
  return new PublicError('OPERATION_RESOLUTION_FAILURE', message);
}

/** Lists what is wrong with a document, without suggestions: nobody in particular has asked yet. */
export function validateOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly GraphQLError[] {
  // A root that the schema lacks passes validation; nothing below it is then looked at.
  if (!schema.getRootType(operation.operation)) {
    return [
      new PublicError('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation.operation}.`),
    ];
  }
  return validate(schema, document, RULES, {
    maxErrors: VALIDATION_ERRORS_MAX,
    hideSuggestions: true,
  }).map(withValidationCode);
}

/** Adds to the errors of {@link validateOperation} what a caller of this schema may be suggested. */
export function suggestFrom(
  visible: GraphQLSchema,
  document: DocumentNode,
  errors: readonly GraphQLError[],
): readonly GraphQLError[] {
  return withSuggestions(errors, visible, document, RULES);
}

/** A scalar that refuses a literal has set a code of its own. */
function withValidationCode(error: GraphQLError): GraphQLError {
  if (typeof error.extensions['code'] === 'string') return error;
  return new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    extensions: {
      code: 'GRAPHQL_VALIDATION_FAILED' satisfies ErrorCode,
      hint: ERROR_CODES.GRAPHQL_VALIDATION_FAILED.remedy,
    },
  });
}

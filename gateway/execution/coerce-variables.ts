// The variables of a request against what its operation declares, before anything is planned.
import {
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { ERROR_CODES, type ErrorCode } from '../../subgraphs/kit/errors.ts';

/** Variables with defaults filled in, or what is wrong with them. */
export type CoercedVariables =
  | { readonly kind: 'coerced'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'invalid'; readonly errors: readonly GraphQLError[] };

const ERRORS_MAX = 20;
const MESSAGE_CHARACTERS_MAX = 300;
const PLACE = /^Variable "\$\w+" got invalid value [^]* at "([^"]{1,100})"; /;

/**
 * Coerces variables; values of the shared scalars are checked as {@link constrainScalars} says.
 *
 * @param hideSuggestions for an operation that is not decided on: "did you mean" would name values
 *   and fields that its caller may not use
 */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  { hideSuggestions = false }: { readonly hideSuggestions?: boolean } = {},
): CoercedVariables {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return { kind: 'coerced', values: {} };
  const { coerced, errors } = getVariableValues(schema, definitions, variables, {
    maxErrors: ERRORS_MAX,
    hideSuggestions,
  });
  if (errors === undefined) return { kind: 'coerced', values: coerced };
  return { kind: 'invalid', errors: errors.map(toPublic) };
}

/** Says what is wrong without repeating the value, which may be long or nobody else's business. */
function toPublic(error: GraphQLError): GraphQLError {
  const own = error.originalError instanceof GraphQLError ? error.originalError : null;
  const name = /^Variable "\$\w+"/.exec(error.message)?.[0] ?? 'A variable';
  const place = PLACE.exec(error.message)?.[1];
  const at = place === undefined ? '' : ` at "${place}"`;
  const message = own
    ? `${name}${at}: ${own.message}`
    : error.message.slice(0, MESSAGE_CHARACTERS_MAX);
  return new GraphQLError(message, {
    ...(error.nodes && { nodes: error.nodes }),
    extensions: {
      code: 'BAD_USER_INPUT' satisfies ErrorCode,
      hint: own?.extensions['hint'] ?? ERROR_CODES.BAD_USER_INPUT.remedy,
    },
  });
}

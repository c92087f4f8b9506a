// The field `explain`: a text to its explanation, under the same limits as if it were asked.
import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { PublicError, type ErrorCode } from '../../subgraphs/kit/errors.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { ExplainArguments } from '../access/explain-arguments.ts';
import type { Authorization } from './create-authorization.ts';
import { explainOperation, type Explanation } from './explain.ts';
import { explainedInquiry } from './explained-inquiry.ts';

/** Explains an operation to the one who asks. */
export type Explain = (asker: Inquiry, given: ExplainArguments) => Explanation;

/** What explaining needs of the other rooms. */
export interface ExplainOptions {
  readonly schema: GraphQLSchema;
  readonly authorization: Pick<Authorization, 'verdictsOf' | 'wayFor'>;
  /** Parses, bounds and validates as for an operation that is asked, with the caller's suggestions. */
  readonly prepare: (
    text: string,
    operationName: string | null,
    asker: Inquiry,
  ) =>
    | {
        readonly kind: 'prepared';
        readonly operation: OperationDefinitionNode;
        readonly asWritten: { readonly document: DocumentNode };
      }
    | { readonly kind: 'invalid'; readonly errors: readonly GraphQLError[] };
  /** Bounds and coerces variables as for an operation that is asked. */
  readonly checkVariables: (
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ) => readonly GraphQLError[];
}

/**
 * Makes the function behind `explain`.
 *
 * @returns a function that throws PublicError with the code of the first thing wrong with the
 *   operation, or ROLE_REQUIRED or BAD_USER_INPUT as {@link explainedInquiry} does
 */
export function createExplain(options: ExplainOptions): Explain {
  const { schema, authorization, prepare, checkVariables } = options;
  return (asker, { operation: text, variables = null, operationName = null, as = null }) => {
    const inquiry = explainedInquiry(asker, as);
    const prepared = prepare(text, operationName, asker);
    if (prepared.kind === 'invalid') throw invalid(prepared.errors);
    const { operation, asWritten } = prepared;
    const misfits = variables === null ? [] : checkVariables(operation, readVariables(variables));
    if (misfits.length > 0) throw invalid(misfits);
    const whole = { schema, document: asWritten.document, operation };
    const { verdictsOf, wayFor } = authorization;
    return explainOperation(whole, verdictsOf(inquiry), wayFor.bind(null, inquiry));
  };
}

function readVariables(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Answered below: what it is instead is of no interest.
    value = null;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new PublicError('BAD_USER_INPUT', 'The variables are not a JSON object.', {
    hint: 'Write them as in a request, for example {"code": "91990101MA7K3P2Q8J"}, or leave them out.',
  });
}

/** Its places are places in the explained text, which the error of a field cannot have. */
function invalid(errors: readonly GraphQLError[]): PublicError {
  const [error] = errors;
  if (!error) throw new Error('an operation is invalid for no reason');
  const { hint, code } = error.extensions;
  const at = error.locations?.[0];
  const place = at ? ` (line ${at.line}, column ${at.column})` : '';
  return new PublicError(
    code as ErrorCode,
    `The operation to be explained is not one${place}: ${error.message}`,
    typeof hint === 'string' ? { hint } : {},
  );
}

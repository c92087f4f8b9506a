// The one table of error codes, and the only error whose text a caller may read. Everything else
// that is thrown is ours: logged whole, sent as INTERNAL_SERVER_ERROR with the request id.
import { GraphQLError } from 'graphql';

/** What an error code stands for: its HTTP status, its meaning and what its reader can do. */
export interface ErrorCodeMeaning {
  /** HTTP status when the whole request fails with this code; errors beside data leave 200. */
  readonly status: number;
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * Every code a caller can meet. A code that is retired stays listed as a comment and is never
 * reused. Codes that Apollo Server raises itself keep Apollo's names.
 */
export const ERROR_CODES = {
  BAD_REQUEST: {
    status: 400,
    meaning: 'The HTTP request is not a GraphQL request.',
    remedy: 'Send a POST with Content-Type application/json and a JSON object with "query".',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    meaning: 'The operation is not GraphQL.',
    remedy: 'Mend the syntax at the location that the error names.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    meaning: 'The operation does not fit the schema.',
    remedy: 'Compare the field or argument that the error names with the schema.',
  },
  BAD_USER_INPUT: {
    status: 400,
    meaning: 'A variable or argument has a value that its type does not take.',
    remedy: 'Correct the value that the error names.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    meaning: 'The document holds several operations and none, or an unknown one, is named.',
    remedy: 'Send "operationName" with the name of one operation in the document.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    meaning: 'This address does not take this HTTP method.',
    remedy: 'Use one of the methods in the Allow header; mutations need POST.',
  },
  NOT_FOUND: {
    status: 404,
    meaning: 'There is nothing at this address.',
    remedy:
      'The graph answers at /graphql, the page at /, health at /health/live and /health/ready.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    meaning: 'The request body is not JSON.',
    remedy: 'Send Content-Type: application/json, in UTF-8.',
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    meaning: 'The request body is larger than the limit.',
    remedy: 'Move values into variables, or split the operation; the error names the limit.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    meaning: 'The request body did not arrive in time.',
    remedy: 'Send the request again.',
  },
  BATCHING_NOT_SUPPORTED: {
    status: 400,
    meaning: 'The body is a list of operations.',
    remedy: 'Send one operation a request; subjects(codes:) reads up to 100 subjects at once.',
  },
  OPERATION_LIMIT_EXCEEDED: {
    status: 400,
    meaning: 'The operation is deeper, wider or dearer than the limit.',
    remedy: 'Ask for less at once; the error names the limit, its value and yours.',
  },
  UNAUTHENTICATED: {
    status: 401,
    meaning: 'The credential is not valid; nobody is quietly taken for an anonymous caller.',
    remedy: 'Obtain a new token from your issuer, or send no Authorization header at all.',
  },
  PURPOSE_REQUIRED: {
    status: 403,
    meaning: 'What is above PUBLIC is answered only for a stated purpose.',
    remedy: 'Send the header Credit-Purpose with one of the purposes that your token allows.',
  },
  PURPOSE_FORBIDDEN: {
    status: 403,
    meaning: 'The purpose is not in the list, or the credential does not allow it.',
    remedy: 'State one of the purposes that your token allows; the field me names them.',
  },
  ROLE_REQUIRED: {
    status: 403,
    meaning: 'Only a principal with a certain role or standing may do this.',
    remedy: 'Ask with a credential of that role; the error names it.',
  },
  UNAUTHORIZED_FIELD_OR_TYPE: {
    status: 403,
    meaning: 'The operation uses a field that the caller may not see.',
    remedy: 'Leave the field out, or obtain the tier, consent or grant that the error names.',
  },
  ACCESS_ITEM_NOT_FOUND: {
    status: 404,
    meaning: 'There is no such application, grant or consent that the caller may see.',
    remedy: 'Use an id that applications, grants or consents has given you.',
  },
  MOVE_NOT_POSSIBLE: {
    status: 409,
    meaning:
      'The application, grant or consent is in a state from which this move is not possible.',
    remedy: 'Read its state again; the error names the moves that are possible.',
  },
  INVALID_CURSOR: {
    status: 400,
    meaning: 'The cursor was not given out by this connection.',
    remedy: 'Use a cursor from pageInfo or edges of the same field, or none.',
  },
  SUBGRAPH_UNAVAILABLE: {
    status: 503,
    meaning: 'A sector did not answer in time; what it holds was not looked at.',
    remedy: 'Read coverage: UNAVAILABLE as unknown, never as none; ask again later.',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    meaning: 'The service is starting, stopping or cut off from its database.',
    remedy: 'Ask again after the seconds in Retry-After.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    meaning: 'A defect on our side; the details are in our log under the request id.',
    remedy: 'Report the request id to the operator.',
  },
} as const satisfies Record<string, ErrorCodeMeaning>;

/** A code of the table above. */
export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * An error that its caller may read whole. `hint` says what to do next; without one the code's
 * remedy stands. Further `extensions` must hold nothing above the caller's authority.
 */
export class PublicError extends GraphQLError {
  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly hint?: string;
      readonly extensions?: Readonly<Record<string, unknown>>;
      readonly cause?: Error;
    } = {},
  ) {
    super(message, {
      extensions: {
        code,
        hint: options.hint ?? ERROR_CODES[code].remedy,
        ...options.extensions,
      },
      ...(options.cause && { originalError: options.cause }),
    });
    this.name = 'PublicError';
  }
}

// An HTTP request -> the GraphQL request in it, or what keeps it from being one
// (https://graphql.github.io/graphql-over-http/draft/#sec-Request).
import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';
import { preventCsrf } from './prevent-csrf.ts';
import { readBody } from './read-body.ts';
import { requireJson } from './require-json.ts';

/** What is asked, before anybody has looked at it. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether only a query may be executed, as for a GET. */
  readonly isReadOnly: boolean;
}

/** Limits on reading. */
export interface ReadLimits {
  readonly bodyBytes: number;
  readonly bodyTimeoutMs: number;
}

type Parameters = Readonly<Record<string, unknown>>;

const ALLOW = { allow: 'GET, POST' };

/**
 * Reads a GraphQL request.
 *
 * @throws HttpError with the status and code of what is wrong
 */
export async function readRequest(
  request: IncomingMessage,
  limits: ReadLimits,
): Promise<GraphqlRequest> {
  if (request.method === 'GET') {
    preventCsrf(request.headers);
    return toRequest(readSearch(request.url ?? ''), true);
  }
  if (request.method !== 'POST') {
    const message = `GraphQL is asked by GET or POST, not ${request.method ?? ''}.`;
    throw new HttpError('METHOD_NOT_ALLOWED', message, { headers: ALLOW });
  }
  requireJson(request.headers);
  const text = await readBody(request, limits.bodyBytes, limits.bodyTimeoutMs);
  if (text.trim() === '') throw new HttpError('BAD_REQUEST', 'The body is empty.');
  const body = parseJson(text, 'The body');
  if (Array.isArray(body)) {
    throw new HttpError('BATCHING_NOT_SUPPORTED', 'The body is a list of operations.');
  }
  if (!isRecord(body)) throw new HttpError('BAD_REQUEST', 'The body is not a JSON object.');
  return toRequest(body, false);
}

function readSearch(url: string): Parameters {
  const start = url.indexOf('?');
  const search = new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
  const once = (name: string): string | null => {
    const values = search.getAll(name);
    if (values.length > 1) throw new HttpError('BAD_REQUEST', `${name} stands twice in the URL.`);
    return values[0] ?? null;
  };
  const json = (name: string): unknown => {
    const text = once(name);
    return text === null || text === '' ? null : parseJson(text, `${name} in the URL`);
  };
  return {
    query: once('query'),
    operationName: once('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

function toRequest(given: Parameters, isReadOnly: boolean): GraphqlRequest {
  const { query, operationName = null, variables = null, extensions = null } = given;
  if (extensions !== null && !isRecord(extensions)) {
    throw new HttpError('BAD_REQUEST', '"extensions" is not an object.');
  }
  if (typeof query !== 'string' || query === '') {
    throw new HttpError(
      'BAD_REQUEST',
      query === undefined || query === null || query === ''
        ? 'There is no "query".'
        : '"query" is not a text.',
      extensions && 'persistedQuery' in extensions
        ? { hint: 'Send the text of the operation: persisted operations are not kept.' }
        : {},
    );
  }
  if (operationName !== null && typeof operationName !== 'string') {
    throw new HttpError('BAD_REQUEST', '"operationName" is not a text.');
  }
  if (variables !== null && !isRecord(variables)) {
    throw new HttpError('BAD_REQUEST', '"variables" is not an object.');
  }
  return {
    query,
    // Clients write an empty name for none.
    operationName: operationName === '' ? null : operationName,
    variables: variables ?? {},
    isReadOnly,
  };
}

function parseJson(text: string, subject: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError('BAD_REQUEST', `${subject} is not JSON.`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

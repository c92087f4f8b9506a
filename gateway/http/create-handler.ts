// HTTP to the graph and back: which address is what, and what an error becomes. Whatever is thrown
// on the way, an answer leaves, and nothing of ours leaves with it.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import { openAccessEntry, type AccessEntry } from './access-log.ts';
import { HttpError } from './http-error.ts';
import { chooseAnswerType, DEFAULT_ANSWER_TYPE, type AnswerType } from './media-type.ts';
import { readRequest, type GraphqlRequest, type ReadLimits } from './read-request.ts';
import type { Readiness } from './readiness.ts';
import { requestIdOf } from './request-id.ts';
import { errorAnswer, send, sendEarly, type Answer } from './send.ts';

/** One GraphQL request as it has come in. */
export interface GraphqlCall {
  readonly request: GraphqlRequest;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  readonly type: AnswerType;
  readonly entry: AccessEntry;
}

/** Answers a request for the page or a part of it; false when the address is none of its own. */
export type Page = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>;

/** What stands behind the addresses. */
export interface HandlerParts {
  readonly answer: (call: GraphqlCall) => Promise<Answer>;
  /** The schema that the sender of these headers may use, as SDL. */
  readonly schemaText: (
    headers: IncomingHttpHeaders,
    options: { readonly locked: boolean },
  ) => Promise<string>;
  /** The public keys of the envelopes, as a JWK Set. */
  readonly envelopeKeys: () => object;
  readonly readiness: Readiness;
  /** What is told of the supergraph that serves; nothing that a caller may not see. */
  readonly served: () => object;
  readonly page: Page | undefined;
  readonly limits: ReadLimits;
  readonly log: Logger;
}

/** Where sectors find the keys that verify envelopes. */
const ENVELOPE_KEYS_PATH = '/.well-known/credit-envelope-keys';

const RETRY_AFTER_S = '5';

/** Makes the handler of the HTTP server. */
export function createHandler(
  parts: HandlerParts,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const requestId = requestIdOf(request.headers['x-request-id']);
    const entry = openAccessEntry(request, response, requestId, parts.log);
    response.setHeader('x-request-id', requestId);
    route(parts, request, response, entry).catch((error: unknown) => {
      sendEarly(response, failureAnswer(error, request, entry, parts.log));
    });
  };
}

async function route(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
  entry: AccessEntry,
): Promise<void> {
  const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
  switch (path) {
    case '/graphql':
      send(response, await answerGraphql(parts, request, entry));
      return;
    case '/schema.graphql': {
      requireGet(request);
      const locked = new URLSearchParams(search).get('locked') === 'true';
      const body = await parts.schemaText(request.headers, { locked });
      send(response, { status: 200, contentType: 'text/plain; charset=utf-8', body });
      return;
    }
    case ENVELOPE_KEYS_PATH:
      requireGet(request);
      send(response, {
        status: 200,
        contentType: 'application/jwk-set+json',
        body: JSON.stringify(parts.envelopeKeys()),
      });
      return;
    case '/health/live':
      requireGet(request);
      send(response, healthAnswer(200, { status: 'live' }));
      return;
    case '/health/ready': {
      requireGet(request);
      const missing = await parts.readiness();
      const isReady = missing.length === 0;
      send(
        response,
        isReady
          ? healthAnswer(200, { status: 'ready', supergraph: parts.served() })
          : healthAnswer(503, { status: 'not ready', missing, supergraph: parts.served() }),
      );
      return;
    }
    default:
      if (parts.page && (await parts.page(request, response))) return;
      throw new HttpError('NOT_FOUND', 'There is nothing at this address.');
  }
}

async function answerGraphql(
  parts: HandlerParts,
  request: IncomingMessage,
  entry: AccessEntry,
): Promise<Answer> {
  const type = chooseAnswerType(request.headers.accept);
  if (!type) {
    throw new HttpError('BAD_REQUEST', 'The answer is JSON, which Accept does not take.', {
      status: 406,
      hint: 'Accept application/graphql-response+json or application/json.',
    });
  }
  const asked = await readRequest(request, parts.limits);
  const { requestId } = entry;
  return parts.answer({ request: asked, headers: request.headers, requestId, type, entry });
}

/** Writes what was thrown: as it is where it was meant for callers, else as a defect of ours. */
function failureAnswer(
  error: unknown,
  request: IncomingMessage,
  entry: AccessEntry,
  log: Logger,
): Answer {
  const { contentType } = chooseAnswerType(request.headers.accept) ?? DEFAULT_ANSWER_TYPE;
  const { requestId } = entry;
  if (error instanceof HttpError) {
    entry.codes = [String(error.error.extensions['code'])];
    const type = { contentType, isLegacy: false, headers: error.headers };
    const answer = errorAnswer([error.error], type);
    return error.status === null ? answer : { ...answer, status: error.status };
  }
  log.error({ requestId, err: error }, 'a request failed');
  entry.codes = ['INTERNAL_SERVER_ERROR'];
  const internal = new PublicError('INTERNAL_SERVER_ERROR', 'An internal error occurred.', {
    extensions: { requestId },
  });
  return errorAnswer([internal], { contentType, isLegacy: false });
}

function requireGet(request: IncomingMessage): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  throw new HttpError('METHOD_NOT_ALLOWED', 'This address is asked by GET.', {
    headers: { allow: 'GET, HEAD' },
  });
}

function healthAnswer(status: number, body: object): Answer {
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
    ...(status === 503 && { headers: { 'retry-after': RETRY_AFTER_S } }),
  };
}

// Finds out who asks before anything of a request is looked at: by its envelope, or, for the schema
// alone, by nobody. Everything else is answered here.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ENVELOPE_HEADER, type EnvelopeContent } from '../authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../authority/principal.ts';
import type { Logger } from '../log.ts';
import type { EnvelopeVerifier } from './envelope-verifier.ts';
import { KeysUnavailable } from './gateway-keys.ts';
import { sendHttpError } from './http-error.ts';
import { receiveBody } from './read-body.ts';
import { asksSchemaOnly, SCHEMA_REQUEST_BYTES_MAX } from './schema-request.ts';

/** An opened request. */
export interface OpenedRequest {
  readonly envelope: EnvelopeContent;
  /** The body, where it had to be read already. */
  readonly body?: { readonly value: unknown };
}

const NOBODY: EnvelopeContent = { inquiry: ANONYMOUS_INQUIRY, standing: [] };
const HINT =
  'Ask the gateway: a sector answers what carries an envelope that the gateway has just signed for ' +
  'it, and without one only { _service { sdl } }.';

/** Opens a request. Returns null after it has answered that nobody can be known to ask. */
export async function openEnvelope(
  request: IncomingMessage,
  response: ServerResponse,
  verify: EnvelopeVerifier,
  log: Logger,
): Promise<OpenedRequest | null> {
  const text = request.headers[ENVELOPE_HEADER];
  if (text === undefined) return openSchemaRequest(request, response);
  try {
    // Two headers of one name arrive as one text with a comma, which no envelope holds.
    return { envelope: await verify(String(text), new Date()) };
  } catch (error) {
    if (error instanceof KeysUnavailable) {
      log.error({ err: error }, 'an envelope could not be verified');
      response.setHeader('retry-after', '1');
      sendHttpError(response, 'SERVICE_UNAVAILABLE', 'The sector cannot read the gateway’s keys.');
      return null;
    }
    log.warn({ reason: reasonOf(error) }, 'an envelope was refused');
    sendHttpError(response, 'UNAUTHENTICATED', 'The envelope is not valid.', HINT);
    return null;
  }
}

async function openSchemaRequest(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<OpenedRequest | null> {
  const received = await receiveBody(request, SCHEMA_REQUEST_BYTES_MAX);
  if (received === 'gone') return null;
  const value = received === 'too large' ? undefined : parseJson(received.toString('utf8'));
  if (asksSchemaOnly(value)) return { envelope: NOBODY, body: { value } };
  if (received === 'too large') response.setHeader('connection', 'close');
  sendHttpError(response, 'UNAUTHENTICATED', 'The request has no envelope.', HINT);
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever it is, it does not ask for the schema.
    return undefined;
  }
}

/** Names what is wrong in words of the library, which hold nothing of the envelope. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, claim } = error as { readonly code?: unknown; readonly claim?: unknown };
  return [error.name, code, claim].filter((part) => typeof part === 'string').join(' ');
}

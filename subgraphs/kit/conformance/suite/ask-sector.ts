// One request to a sector under test, as the gateway sends it, with a deadline and a limit on what
// comes back.
import { request as send } from 'undici';
import { ENVELOPE_HEADER } from '../../authority/envelope.ts';

/** An error as it is read from the wire. */
export interface AnswerError {
  readonly message?: unknown;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What a sector answered. What is not of the shape of a GraphQL answer is left out, not thrown. */
export interface SectorAnswer {
  readonly status: number;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly AnswerError[];
  readonly durationMs: number;
}

/** What is sent: an operation, or a body as it is. */
export interface SectorRequest {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Instead of an operation. */
  readonly body?: string;
  readonly envelope?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'POST';
}

/** Longest wait for an answer, milliseconds: what the gateway waits before it says UNAVAILABLE. */
export const ANSWER_DEADLINE_MS = 10_000;
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

/**
 * Sends a request to a sector.
 *
 * @throws Error where nothing answers within the deadline, or the answer is larger than the limit
 */
export async function askSector(url: string, request: SectorRequest): Promise<SectorAnswer> {
  const { query, variables = {}, envelope, headers = {}, method = 'POST' } = request;
  const startedAt = performance.now();
  const response = await send(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(envelope !== undefined && { [ENVELOPE_HEADER]: envelope }),
      ...headers,
    },
    ...(method !== 'GET' && { body: request.body ?? JSON.stringify({ query, variables }) }),
    signal: AbortSignal.timeout(ANSWER_DEADLINE_MS),
  });
  const text = await readText(response.body, url);
  const body = parseObject(text);
  return {
    status: response.statusCode,
    text,
    data: isObject(body['data']) ? body['data'] : null,
    errors: Array.isArray(body['errors']) ? body['errors'].filter(isObject) : [],
    durationMs: performance.now() - startedAt,
  };
}

/** The codes of the errors of an answer; a missing one stands as `(none)`. */
export function codesOf({ errors }: SectorAnswer): readonly string[] {
  return errors.map(({ extensions }) => {
    const code = extensions?.['code'];
    return typeof code === 'string' ? code : '(none)';
  });
}

/** Tells a plain object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function readText(body: AsyncIterable<Uint8Array>, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) {
      throw new Error(`${url} answers more than ${ANSWER_BYTES_MAX} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    // Items judge the text itself: an answer that is no JSON has neither data nor a code.
    return {};
  }
}

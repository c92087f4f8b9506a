// Asks the graph, as whoever is signed in: the one way in which the page reads or changes anything.
/** What a request says of who asks and why. */
export interface AskHeaders {
  readonly token: string | null;
  readonly purpose: string | null;
  readonly caseReference: string;
}

/** An error as the graph words it. */
export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  /** Where in the text of the operation. */
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What came back. */
export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphError[];
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly status: number;
  /** By which the operator finds the request. */
  readonly requestId: string | null;
}

/** What one request may want beside its document. */
export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly operationName?: string | null;
  /** Leaves out what the caller may not see, instead of being refused whole. */
  readonly filter?: boolean;
  /** Asks for `extensions.plan`. */
  readonly plan?: boolean;
  /** Further headers; those that say who asks and why win over them. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks one operation. */
export type Ask = <Data = Readonly<Record<string, unknown>>>(
  document: string,
  variables?: Readonly<Record<string, unknown>>,
  options?: AskOptions,
) => Promise<Answer<Data>>;

/** Why no answer came: the message is for the log, the kind chooses the words that are shown. */
export class AskError extends Error {
  readonly kind: 'unreachable' | 'deadline' | 'not-an-answer';

  constructor(kind: AskError['kind'], options?: ErrorOptions) {
    super(`the graph did not answer: ${kind}`, options);
    this.name = 'AskError';
    this.kind = kind;
  }
}

const GRAPH = '/graphql';
const DEADLINE_MS = 30_000;

/**
 * Makes the function that asks.
 *
 * @param headers is called for each request, so that it goes out as whoever is signed in then
 * @returns a function that rejects with {@link AskError} when there is no answer, and with the
 *   AbortError of its signal; errors of the graph are part of the answer
 */
export function createAsk(headers: () => AskHeaders): Ask {
  return async <Data>(
    document: string,
    variables: Readonly<Record<string, unknown>> = {},
    options: AskOptions = {},
  ): Promise<Answer<Data>> => {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
    try {
      const response = await fetch(GRAPH, {
        method: 'POST',
        headers: requestHeaders(headers(), options),
        body: JSON.stringify({
          query: document,
          variables,
          ...(options.operationName ? { operationName: options.operationName } : {}),
        }),
        credentials: 'omit',
        cache: 'no-store',
        signal,
      });
      return readAnswer<Data>(response, await response.text());
    } catch (error) {
      if (error instanceof AskError || options.signal?.aborted) throw error;
      throw new AskError(deadline.aborted ? 'deadline' : 'unreachable', { cause: error });
    }
  };
}

/** Writes a text as the bytes of its UTF-8, which is how a header carries a Chinese case number. */
export function headerText(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function requestHeaders(asker: AskHeaders, options: AskOptions): Headers {
  const headers = new Headers(options.headers);
  headers.set('content-type', 'application/json');
  headers.set('accept', 'application/graphql-response+json, application/json;q=0.9');
  if (options.filter) headers.set('credit-unauthorized', 'filter');
  if (options.plan) headers.set('credit-plan', 'include');
  if (asker.token !== null) headers.set('authorization', `Bearer ${asker.token}`);
  if (asker.purpose !== null) headers.set('credit-purpose', asker.purpose);
  const caseReference = asker.caseReference.trim();
  if (caseReference !== '') headers.set('credit-case', headerText(caseReference));
  return headers;
}

function readAnswer<Data>(response: Response, text: string): Answer<Data> {
  const body = parseObject(text);
  if (body === null) throw new AskError('not-an-answer');
  const { data, errors, extensions } = body;
  return {
    data: isObject(data) ? (data as Data) : null,
    errors: Array.isArray(errors) ? errors.map(readError) : [],
    extensions: isObject(extensions) ? extensions : {},
    status: response.status,
    requestId: response.headers.get('x-request-id'),
  };
}

function readError(error: unknown): GraphError {
  const { message, path, locations, extensions } = isObject(error) ? error : {};
  return {
    message: typeof message === 'string' ? message : '',
    ...(Array.isArray(locations) ? { locations: locations.filter(isLocation) } : {}),
    ...(Array.isArray(path) ? { path: path as (string | number)[] } : {}),
    extensions: isObject(extensions) ? extensions : {},
  };
}

function isLocation(value: unknown): value is { readonly line: number; readonly column: number } {
  return (
    isObject(value) && typeof value['line'] === 'number' && typeof value['column'] === 'number'
  );
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

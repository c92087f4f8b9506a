// One subgraph over HTTP: kept-alive connections, one deadline over everything, a bound on the
// answer, one JSON.parse. Apollo's own client costs about ten times the CPU of this a call.
import { LRUCache } from 'lru-cache';
import { Pool, type Dispatcher } from 'undici';
import { ENVELOPE_HEADER } from '../../subgraphs/kit/authority/envelope.ts';

/** What a subgraph is sent. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly requestId: string;
  /** Who asks, signed for this subgraph. */
  readonly envelope: string;
}

/** What came back, before anybody trusts it. */
export interface SubgraphReply {
  readonly status: number;
  readonly body: unknown;
}

/** Why a subgraph did not answer; the message is for the log, never for a caller. */
export class SubgraphFailure extends Error {
  /** Whether the connection broke before a word of an answer. */
  readonly isUnheard: boolean;

  constructor(reason: string, options: ErrorOptions & { readonly isUnheard?: boolean } = {}) {
    super(reason, options);
    this.name = 'SubgraphFailure';
    this.isUnheard = options.isUnheard ?? false;
  }
}

/** How a subgraph is reached. */
export interface SubgraphAddress {
  readonly url: string;
  readonly timeoutMs: number;
  readonly connections: number;
  readonly responseBytesMax: number;
}

const BODIES_MAX = 2_000;

/** A client of one subgraph; close it to release its connections. */
export class SubgraphClient {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #address: SubgraphAddress;
  // The planner hands out the same text again and again; escaping it once is enough.
  readonly #bodyStarts = new LRUCache<string, string>({ max: BODIES_MAX });

  constructor(address: SubgraphAddress) {
    const url = new URL(address.url);
    this.#address = address;
    this.#path = url.pathname + url.search;
    this.#pool = new Pool(url.origin, {
      connections: address.connections,
      pipelining: 1,
      keepAliveTimeout: 30_000,
      connect: { timeout: address.timeoutMs },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /**
   * Sends one request and reads the whole reply.
   *
   * @throws SubgraphFailure when nothing that is JSON arrives within the deadline and the bound
   */
  async send(request: SubgraphRequest): Promise<SubgraphReply> {
    const body = this.#bodyOf(request);
    const deadline = performance.now() + this.#address.timeoutMs;
    const { status, text } = await this.#exchange(body, request, deadline).catch(
      (error: unknown) => {
        // A kept-alive connection can be closed by the other side in the moment it is used again.
        const mayRepeat = error instanceof SubgraphFailure && error.isUnheard && isQuery(request);
        if (!mayRepeat) throw error;
        return this.#exchange(body, request, deadline);
      },
    );
    try {
      return { status, body: JSON.parse(text) as unknown };
    } catch (cause) {
      throw new SubgraphFailure(`status ${status}, the body is not JSON`, { cause });
    }
  }

  /** Closes every connection, also those under way. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #bodyOf(request: SubgraphRequest): string {
    const key = `${request.operationName ?? ''}\n${request.query}`;
    let start = this.#bodyStarts.get(key);
    if (start === undefined) {
      const name = JSON.stringify(request.operationName ?? null);
      start = `{"operationName":${name},"query":${JSON.stringify(request.query)},"variables":`;
      this.#bodyStarts.set(key, start);
    }
    return `${start}${JSON.stringify(request.variables ?? {})}}`;
  }

  #exchange(
    body: string,
    { requestId, envelope }: SubgraphRequest,
    deadline: number,
  ): Promise<{ status: number; text: string }> {
    const { timeoutMs, responseBytesMax } = this.#address;
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      let status = 0;
      let controller: Dispatcher.DispatchController | null = null;
      let failure: SubgraphFailure | null = null;
      const fail = (error: SubgraphFailure): void => {
        failure = error;
        clearTimeout(timer);
        controller?.abort(error);
        reject(error);
      };
      const timer = setTimeout(() => {
        fail(new SubgraphFailure(`no answer within ${timeoutMs} ms`));
      }, deadline - performance.now());
      this.#pool.dispatch(
        {
          method: 'POST',
          path: this.#path,
          body,
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            'x-request-id': requestId,
            [ENVELOPE_HEADER]: envelope,
          },
        },
        {
          onRequestStart(started) {
            controller = started;
            // The deadline may have passed while the request waited for a connection.
            if (failure) started.abort(failure);
          },
          onResponseStart(_controller, statusCode) {
            status = statusCode;
          },
          onResponseData(_controller, chunk) {
            bytes += chunk.length;
            if (bytes > responseBytesMax) {
              fail(new SubgraphFailure(`the answer is larger than ${responseBytesMax} bytes`));
            } else chunks.push(chunk);
          },
          onResponseEnd() {
            clearTimeout(timer);
            resolve({ status, text: Buffer.concat(chunks).toString('utf8') });
          },
          onResponseError(_controller, cause) {
            if (failure !== null) return;
            const isUnheard = status === 0 && isBrokenConnection(cause);
            fail(new SubgraphFailure('the connection failed', { cause, isUnheard }));
          },
        },
      );
    });
  }
}

/** Only what changes nothing may be asked twice. */
function isQuery({ query }: SubgraphRequest): boolean {
  return /^\s*(query\b|\{)/.test(query);
}

/** Tells a connection that broke from one that was never made. */
function isBrokenConnection(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

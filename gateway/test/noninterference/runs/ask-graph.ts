// Asks a graph over HTTP and keeps of the answer what a caller is told by it: status, headers and body,
// but not the moment, nor what belongs to the connection.
import { Pool } from 'undici';
import type { DrawnRequest } from '../operations/draw-document.ts';

/** A request as it is sent. */
export interface SentRequest extends Pick<DrawnRequest, 'query' | 'operationName' | 'variables'> {
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer, as far as it tells something. */
export interface ToldAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** Asks one graph. */
export interface Asking {
  readonly ask: (request: SentRequest) => Promise<ToldAnswer>;
  readonly close: () => Promise<void>;
}

/** Headers that differ from one answer to the next whatever was asked. */
const UNTOLD: ReadonlySet<string> = new Set(['date', 'connection', 'keep-alive']);
const CONNECTIONS = 16;
const TIMEOUT_MS = 120_000;

/** Opens connections to a graph. */
export function openAsking(url: string): Asking {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  return {
    ask: async ({ query, operationName, variables, headers }) => {
      const response = await pool.request({
        method: 'POST',
        path: pathname,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({
          query,
          variables,
          ...(operationName !== null && { operationName }),
        }),
      });
      const told = Object.entries(response.headers).filter(([name]) => !UNTOLD.has(name));
      return {
        status: response.statusCode,
        headers: JSON.stringify(told.sort(([a], [b]) => (a < b ? -1 : 1))),
        body: await response.body.text(),
      };
    },
    close: () => pool.destroy(),
  };
}

/** Tells whether two answers tell the same. */
export function isSame(a: ToldAnswer, b: ToldAnswer): boolean {
  return a.body === b.body && a.status === b.status && a.headers === b.headers;
}

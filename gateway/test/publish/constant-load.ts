// Constant load on a gateway: several callers ask in turn and without pause, and every answer is held
// against the only one that is right.
import { Pool } from 'undici';

/** One request of the load, and its right answer. */
export interface LoadCase {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Called when the request is sent; what it returns throws for a wrong answer. */
  readonly begin: () => (status: number, body: unknown) => void;
}

/** What the load came to. */
export interface LoadReport {
  readonly requests: number;
  /** What was wrong with the requests that failed or were answered wrongly; the first hundred. */
  readonly failures: readonly string[];
  /** The slowest answer, milliseconds. */
  readonly slowestMs: number;
}

const FAILURES_MAX = 100;
const TIMEOUT_MS = 20_000;

/** Starts the load: so many requests are under way at any time, until it is ended. */
export function startLoad(
  url: string,
  cases: readonly LoadCase[],
  concurrency: number,
): { readonly end: () => Promise<LoadReport> } {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  const failures: string[] = [];
  let requests = 0;
  let slowestMs = 0;
  let isEnding = false;

  async function ask({ name, headers, query, variables = {}, begin }: LoadCase): Promise<void> {
    const beganMs = performance.now();
    const check = begin();
    try {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: pathname,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      const text = await body.text();
      check(statusCode, JSON.parse(text));
    } catch (error) {
      if (failures.length < FAILURES_MAX) failures.push(`${name}: ${String(error)}`);
    }
    requests += 1;
    slowestMs = Math.max(slowestMs, performance.now() - beganMs);
  }

  async function work(first: number): Promise<void> {
    for (let index = first; !isEnding; index += 1) {
      const one = cases[index % cases.length];
      if (one) await ask(one);
    }
  }

  const workers = Array.from({ length: concurrency }, (_, index) => work(index));
  return {
    end: async () => {
      isEnding = true;
      await Promise.all(workers);
      await pool.close();
      return { requests, failures, slowestMs };
    },
  };
}

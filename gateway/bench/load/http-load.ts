// A process that loads a graph over HTTP and measures each answer; apart from what it measures, so
// that it takes no time from it but that of the machine.
import autocannon from 'autocannon';

/** What to send: so many requests, of which each is answered before the end. */
export interface HttpLoad {
  readonly url: string;
  /** Bodies of the requests, one after the other, again and again. */
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly amount: number;
  /** Headers beside those of a JSON request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was measured. */
export interface HttpFigures {
  /** Of each answer in the order of their arrival, milliseconds. */
  readonly latencies: Float64Array;
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** Answers with errors beside the data, as when a sector was overloaded. */
  readonly withErrors: number;
}

/** The answer to a load. */
export type HttpLoadReply =
  | { readonly kind: 'figures'; readonly figures: HttpFigures }
  | { readonly kind: 'failed'; readonly reason: string };

const TIMEOUT_SECONDS = 30;

process.on('message', (message: HttpLoad & { readonly number: number; readonly kind: string }) => {
  if (message.kind !== 'http-load') return;
  run(message)
    .then((figures): HttpLoadReply => ({ kind: 'figures', figures }))
    .catch((error: unknown): HttpLoadReply => ({ kind: 'failed', reason: String(error) }))
    .then((reply) => process.send?.({ number: message.number, ...reply }))
    .catch(() => process.exit(1));
});
for (const signal of ['SIGTERM', 'disconnect'] as const) process.once(signal, () => process.exit());
// The agent lets a process end that only waits to be asked; this one does nothing else.
process.channel?.ref();
process.send?.({ kind: 'ready' });

async function run({
  url,
  bodies,
  connections,
  amount,
  headers = {},
}: HttpLoad): Promise<HttpFigures> {
  const latencies: number[] = [];
  let started = 0;
  let lastAt = 0;
  const refused = new Map<number, number>();
  const requests = bodies.map((body) => ({ body }));
  let clients = 0;
  const options: autocannon.Options = {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    requests,
    connections,
    timeout: TIMEOUT_SECONDS,
    // An error beside the data has status 200.
    verifyBody: (body) => !String(body).includes('"errors"'),
    // Each connection begins elsewhere in the list, or all would ask for the same at the same time.
    setupClient: (client) => {
      const at = Math.floor((clients * requests.length) / connections);
      clients += 1;
      client.setRequests([...requests.slice(at), ...requests.slice(0, at)]);
    },
    amount,
  };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(options, (error: unknown, found) => {
      if (error instanceof Error) reject(error);
      else resolve(found);
    });
    started = performance.now();
    instance.on('response', (_client, statusCode, _bytes, latencyMs) => {
      lastAt = performance.now();
      latencies.push(latencyMs);
      if (statusCode !== 200) refused.set(statusCode, (refused.get(statusCode) ?? 0) + 1);
    });
  });
  const { errors, timeouts, mismatches } = result;
  if (errors > 0 || timeouts > 0 || refused.size > 0) {
    throw new Error(
      `of ${latencies.length} answers to ${url}: ${errors} connections failed, ${timeouts} came too ` +
        `late; statuses beside 200: ${JSON.stringify([...refused])}`,
    );
  }
  if (latencies.length === 0) throw new Error(`no answer from ${url}`);
  return {
    latencies: Float64Array.from(latencies),
    seconds: (lastAt - started) / 1_000,
    withErrors: mismatches,
  };
}

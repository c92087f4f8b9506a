// Whether the process of a sector answers at its address, and which schema it answers with.
import type { SubgraphState } from './sector-state.ts';

const TIMEOUT_MS = 3_000;
const SCHEMA_QUERY = JSON.stringify({ query: '{ _service { sdl } }' });

/**
 * Asks the process of a sector. Whatever does not answer as one counts as not running.
 *
 * @param address of its GraphQL
 * @param sdl that it would answer with the schema of the working tree
 */
export async function probeSubgraph(address: string, sdl: string): Promise<SubgraphState> {
  const health = await ask(new URL('/health/ready', address));
  const status = health?.body['status'];
  if (status !== 'ready' && status !== 'not ready') return { kind: 'not running', address };
  const answer = await ask(new URL(address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: SCHEMA_QUERY,
  });
  const served = answer && textAt(answer.body, ['data', '_service', 'sdl']);
  return {
    kind: 'running',
    address,
    isReady: status === 'ready',
    servesWorkingTree: served === undefined ? null : served === sdl,
  };
}

/** Null for whoever does not answer, or not with an object in JSON. */
async function ask(
  url: URL,
  init: RequestInit = {},
): Promise<{ readonly body: Readonly<Record<string, unknown>> } | null> {
  let body: unknown;
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    body = await response.json();
  } catch {
    // Refused, cut off, late, not JSON: that it does not answer is what was to be found out.
    return null;
  }
  return typeof body === 'object' && body !== null
    ? { body: body as Readonly<Record<string, unknown>> }
    : null;
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return typeof found === 'string' ? found : undefined;
}

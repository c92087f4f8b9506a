// Waits until gateways say that they serve a graph, or that they refuse it.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** What became of a graph at one gateway. */
export interface GatewayOutcome {
  readonly url: string;
  /**
   * - `serving`: it answers by the graph.
   * - `refused`: it could not open it, and serves on what it had.
   * - `late`: it answers, and serves another one still.
   * - `unreachable`: nobody answers there.
   */
  readonly kind: 'serving' | 'refused' | 'late' | 'unreachable';
  /** From when the waiting began, milliseconds. */
  readonly afterMs: number;
  /** Of a refusal, as the gateway tells it; its log says more. */
  readonly reason?: string;
}

const READINESS = z.object({
  supergraph: z.object({
    generation: z.string(),
    refused: z.object({ generation: z.string().nullable(), reason: z.string() }).nullable(),
  }),
});

const POLL_MS = 50;
const PROBE_MS = 2_000;
const STARTING_MS = 300;

/** Waits for every gateway, at most until the deadline. One outcome per address, in their order. */
export async function awaitGateways(
  urls: readonly string[],
  generation: string,
  deadlineMs: number,
): Promise<readonly GatewayOutcome[]> {
  return Promise.all(urls.map((url) => awaitGateway(url, generation, deadlineMs)));
}

async function awaitGateway(
  url: string,
  generation: string,
  deadlineMs: number,
): Promise<GatewayOutcome> {
  const beganMs = performance.now();
  for (;;) {
    const state = await readState(url);
    const afterMs = Math.round(performance.now() - beganMs);
    const outcome = (kind: GatewayOutcome['kind']): GatewayOutcome => ({ url, kind, afterMs });
    if (state?.generation === generation) return outcome('serving');
    if (state?.refused?.generation === generation) {
      return { ...outcome('refused'), reason: state.refused.reason };
    }
    // A gateway that is not there now is not waited for: it begins with the graph when it starts.
    if (!state && afterMs > STARTING_MS) return outcome('unreachable');
    if (afterMs > deadlineMs) return outcome('late');
    await sleep(POLL_MS);
  }
}

/** Null where nobody answers as a gateway does. */
async function readState(url: string): Promise<z.infer<typeof READINESS>['supergraph'] | null> {
  try {
    const address = new URL('/health/ready', url);
    const response = await fetch(address, { signal: AbortSignal.timeout(PROBE_MS) });
    // A gateway that is not ready says all the same what it serves.
    const read = READINESS.safeParse(await response.json());
    return read.success ? read.data.supergraph : null;
  } catch {
    return null;
  }
}

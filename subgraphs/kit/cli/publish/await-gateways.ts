// Waits until gateways say that they serve a graph, or that they refuse it.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** What became of a graph at one gateway. */
export interface GatewayOutcome {
  readonly url: string;
  /**
   * - `serving`: it answers by the graph.
   * - `refused`: it could not open it, and serves on what it had.
   * - `late`: it is there, and serves another one still, or was too busy to say.
   * - `unreachable`: nobody listens there, or no gateway.
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

/** What one probe found out. */
type Probe =
  | { readonly kind: 'state'; readonly state: z.infer<typeof READINESS>['supergraph'] }
  /** Nobody listens there, or somebody who does not answer as a gateway does. */
  | { readonly kind: 'none' }
  /** Somebody is there and did not get round to an answer. */
  | { readonly kind: 'busy' };

/** What connecting fails with where no gateway can be; anything else may be one under load. */
const NOBODY = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

/**
 * Waits for every gateway, at most until the deadline. One outcome per address, in their order.
 *
 * @param probeMs how long one question may take before it is asked again
 */
export async function awaitGateways(
  urls: readonly string[],
  generation: string,
  deadlineMs: number,
  probeMs: number = PROBE_MS,
): Promise<readonly GatewayOutcome[]> {
  return Promise.all(urls.map((url) => awaitGateway(url, generation, deadlineMs, probeMs)));
}

async function awaitGateway(
  url: string,
  generation: string,
  deadlineMs: number,
  probeMs: number,
): Promise<GatewayOutcome> {
  const beganMs = performance.now();
  for (;;) {
    const leftMs = deadlineMs - (performance.now() - beganMs);
    const probe = await probeGateway(url, Math.max(1, Math.min(probeMs, Math.ceil(leftMs))));
    const afterMs = Math.round(performance.now() - beganMs);
    const outcome = (kind: GatewayOutcome['kind']): GatewayOutcome => ({ url, kind, afterMs });
    if (probe.kind === 'state') {
      const { state } = probe;
      if (state.generation === generation) return outcome('serving');
      if (state.refused?.generation === generation) {
        return { ...outcome('refused'), reason: state.refused.reason };
      }
    }
    // A gateway that is not there now is not waited for: it begins with the graph when it starts.
    if (probe.kind === 'none' && afterMs > STARTING_MS) return outcome('unreachable');
    if (afterMs >= deadlineMs) return outcome('late');
    await sleep(POLL_MS);
  }
}

async function probeGateway(url: string, probeMs: number): Promise<Probe> {
  try {
    const address = new URL('/health/ready', url);
    const response = await fetch(address, { signal: AbortSignal.timeout(probeMs) });
    // A gateway that is not ready says all the same what it serves.
    const read = READINESS.safeParse(await response.json());
    return read.success ? { kind: 'state', state: read.data.supergraph } : { kind: 'none' };
  } catch (error) {
    return { kind: isNobody(error) ? 'none' : 'busy' };
  }
}

/** Tells an address at which there is no gateway from one that broke off or took too long. */
function isNobody(error: unknown): boolean {
  // An answer that is no JSON is nobody's who could become ready.
  if (error instanceof SyntaxError) return true;
  const { cause } = error as { readonly cause?: unknown };
  // A name with several addresses fails with what each of them failed with.
  const causes = cause instanceof AggregateError ? (cause.errors as unknown[]) : [cause];
  return causes.every((one) => NOBODY.has(String((one as { code?: unknown } | undefined)?.code)));
}

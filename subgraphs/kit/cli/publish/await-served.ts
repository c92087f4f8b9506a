// Waits for the gateways that a command names, or for the one of this machine, and says how it went.
import type { CliConfig } from '../config.ts';
import { awaitGateways, type GatewayOutcome } from './await-gateways.ts';
import { isServedEverywhere, writeGateways } from './write-outcome.ts';

/** How it went. */
export interface Served {
  readonly gateways: readonly GatewayOutcome[];
  /** A line for each gateway. */
  readonly text: string;
  /** False where a gateway refused the graph, was late, or was named and does not answer. */
  readonly isEverywhere: boolean;
}

/** Waits at most until the deadline. */
export async function awaitServed(
  config: CliConfig,
  generation: string,
  given: readonly string[] | undefined,
  deadlineMs: number,
): Promise<Served> {
  const isGiven = given !== undefined;
  const gateways = await awaitGateways(given ?? [config.gatewayOrigin], generation, deadlineMs);
  return {
    gateways,
    text: writeGateways(gateways, isGiven),
    isEverywhere: isServedEverywhere(gateways, isGiven),
  };
}

// Prepares the most used operations of the generation that serves in the one that will: parsed,
// validated, decided and planned, so that no request after the change waits for a plan.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../subgraphs/kit/log.ts';
import type { Graph } from './graph.ts';

/** How the warming up is bounded. */
export interface WarmUpOptions {
  readonly log: Logger;
  /** Ends it early. */
  readonly signal: AbortSignal;
  /** Default 200. */
  readonly operationsMax?: number;
  /** Longest that it may take; the least used operations are left cold then. 0 prepares none. */
  readonly durationMsMax: number;
}

/** What was done. */
export interface WarmUp {
  readonly prepared: number;
}

/**
 * Warms a graph up. A plan blocks the process for 10 to 60 ms; after each one the requests under way
 * get as long for themselves.
 */
export async function warmUp(from: Graph, to: Graph, options: WarmUpOptions): Promise<WarmUp> {
  const { log, signal, operationsMax = 200, durationMsMax } = options;
  const startedMs = performance.now();
  let prepared = 0;
  for (const operation of from.mostUsed(operationsMax)) {
    const beganMs = performance.now();
    if (signal.aborted || beganMs - startedMs >= durationMsMax) break;
    try {
      await to.prepareAhead(operation);
      prepared += 1;
    } catch (error) {
      // Whoever asks it will be answered with what is wrong; the change does not depend on it.
      log.warn({ err: error }, 'an operation could not be prepared ahead');
    }
    await sleep(performance.now() - beganMs);
  }
  return { prepared };
}

// What became of a graph at the gateways, as a person reads it.
import type { GatewayOutcome } from './await-gateways.ts';

/** Writes a line for each gateway. */
export function writeGateways(outcomes: readonly GatewayOutcome[], isGiven: boolean): string {
  return outcomes.map((outcome) => `${lineOf(outcome, isGiven)}\n`).join('');
}

/** Whether nobody has to look after a gateway. */
export function isServedEverywhere(outcomes: readonly GatewayOutcome[], isGiven: boolean): boolean {
  return outcomes.every(({ kind }) => kind === 'serving' || (kind === 'unreachable' && !isGiven));
}

function lineOf({ url, kind, afterMs, reason }: GatewayOutcome, isGiven: boolean): string {
  const seconds = (afterMs / 1000).toFixed(1);
  switch (kind) {
    case 'serving':
      return `served by ${url} after ${seconds} s`;
    case 'refused':
      return `REFUSED by ${url}: ${reason ?? 'its log says why'}; it serves on what it had`;
    case 'late':
      return (
        `not served by ${url} after ${seconds} s: it follows another SUPERGRAPH_FILE, or is busy; ` +
        `what it serves stands at ${new URL('/health/ready', url).href}`
      );
    case 'unreachable':
      return isGiven
        ? `no gateway answers at ${url}`
        : `no gateway runs at ${url}: it will serve the graph when it starts`;
  }
}

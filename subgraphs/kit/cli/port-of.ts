// The port on which the subgraph of a sector listens.
import type { SubgraphEntry } from '../composition/supergraph-config.ts';
import type { CliConfig } from './config.ts';

/** Returns the port of a subgraph: the configured one, else that of supergraph.yaml. */
export function portOf(entry: SubgraphEntry, config: CliConfig): number {
  return config.subgraphPorts[entry.name] ?? Number(new URL(entry.routingUrl).port);
}

// Where the process of a subgraph answers: as the gateway of this machine would find it.
import type { SubgraphEntry } from '../composition/supergraph-config.ts';
import type { CliConfig } from './config.ts';

/** Says where: SUBGRAPH_URL_<NAME>, else its port on this machine, else the address in supergraph.yaml. */
export function subgraphAddress(
  { name, routingUrl }: Pick<SubgraphEntry, 'name' | 'routingUrl'>,
  config: Pick<CliConfig, 'subgraphUrls' | 'subgraphPorts' | 'subgraphHost'>,
): string {
  const url = config.subgraphUrls[name];
  if (url !== undefined) return url;
  const port = config.subgraphPorts[name];
  return port === undefined ? routingUrl : `http://${config.subgraphHost}:${port}/graphql`;
}

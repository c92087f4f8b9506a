// Everything that belongs to one supergraph and ends with it: authority, the access room, the ways to
// the sectors, operations and plans.
import { readRequirements } from '../subgraphs/kit/composition/requirements/requirements.ts';
import { PublicError } from '../subgraphs/kit/errors.ts';
import type { Logger } from '../subgraphs/kit/log.ts';
import type { AccessDatabase } from './access/access-database.ts';
import type { GrantObstacle } from './access/asking.ts';
import { openAccess } from './access/open-access.ts';
import { specialFieldsOf } from './access/special-fields.ts';
import type { Authentication } from './authentication/create-authentication.ts';
import type { Explain } from './authorization/create-explain.ts';
import type { Config } from './config.ts';
import type { Envelopes } from './envelope/open-envelopes.ts';
import { openGraph, type Graph } from './graph.ts';
import { ACCESS_SUBGRAPH } from './access/subgraph-name.ts';
import { openSectors } from './sectors.ts';
import type { Supergraph } from './supergraph/load-supergraph.ts';
import type { Usage } from './usage/open-usage.ts';

/** What outlives a supergraph, and its generations share. */
export interface SharedParts {
  readonly config: Config;
  /** Where consents and grants are; null where the gateway has no database. */
  readonly accessDatabase: AccessDatabase | null;
  readonly envelopes: Envelopes;
  readonly authentication: Authentication;
  readonly usage: Usage;
  readonly log: Logger;
  /** The clock of consents and grants; a test may hold it still. */
  readonly now?: () => Date;
}

/**
 * Opens the graph of a supergraph; no sector is called.
 *
 * @throws Error when it is not one that can be planned
 */
export async function openGeneration(parts: SharedParts, supergraph: Supergraph): Promise<Graph> {
  const { accessDatabase, envelopes, authentication, usage, log, now } = parts;
  const requirements = readRequirements(supergraph.document, supergraph.features);
  // The graph is opened over this room, which hands on to it what is to be explained and decided.
  const isBeingOpened = (): never => {
    throw new PublicError('SERVICE_UNAVAILABLE', 'The graph is being opened.');
  };
  let explain: Explain = isBeingOpened;
  let grantObstacle: GrantObstacle = isBeingOpened;
  const access = openAccess({
    database: accessDatabase,
    sectors: new Set(requirements.sectors.filter((sector) => sector !== ACCESS_SUBGRAPH)),
    special: specialFieldsOf(supergraph.document, {
      classOf: (type, field) => requirements.ofField(type, field).class,
      sectorsOf: requirements.sectorsOf,
    }),
    log,
    explain: (asker, given) => explain(asker, given),
    grantObstacle: (holder, field) => grantObstacle(holder, field),
    ...(now && { now }),
  });
  const rooms = { config: parts.config, supergraph, requirements, access, log };
  const sectors = openSectors({ ...rooms, envelopes });
  try {
    const graph = await openGraph({ ...rooms, authentication, sectors, usage });
    ({ explain, grantObstacle } = graph);
    return graph;
  } catch (error) {
    await sectors.close();
    throw error;
  }
}

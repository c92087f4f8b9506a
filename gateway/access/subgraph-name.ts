// What the gateway's own subgraph is called in the supergraph.

/** Name of the gateway's own subgraph. */
export const ACCESS_SUBGRAPH = 'access';

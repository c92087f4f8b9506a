// Lets the gateways of twin worlds share the plans of queries: a plan follows from the supergraph and
// the text of an operation, of which both have the same, and planning is the dearest step of a document.
// A plan is frozen before it is shared. If anything of an answer were ever kept in one, sharing would
// hide that, since both worlds would then answer with the same rows: so that must fail instead.
import { ApolloGateway } from '@apollo/gateway';

/** The private part of the gateway that opens its store of plans, once for each supergraph. */
interface Planning {
  readonly config: { readonly supergraphSdl?: unknown };
  readonly initQueryPlanStore: (mebibytes?: number) => PlanStore;
}

interface PlanStore {
  set: (key: string, plan: object, options?: unknown) => Promise<void>;
}

/**
 * Makes the gateways that are created from now on share their plans where they have the same supergraph.
 *
 * @returns what ends that; plans that are shared stay so
 * @throws Error for a gateway of another version, which keeps its plans in another way
 */
export function sharePlans(): () => void {
  const planning = ApolloGateway.prototype as unknown as {
    -readonly [K in keyof Planning]: Planning[K];
  };
  const open = planning.initQueryPlanStore as Planning['initQueryPlanStore'] | undefined;
  if (open === undefined) throw new Error('this version of @apollo/gateway has no store of plans');
  const stores = new Map<unknown, PlanStore>();
  planning.initQueryPlanStore = function initQueryPlanStore(this: Planning, mebibytes) {
    const { supergraphSdl } = this.config;
    const known = stores.get(supergraphSdl);
    if (known !== undefined) return known;
    const store = open.call(this, mebibytes);
    const keep = store.set.bind(store);
    store.set = (key, plan, options) => keep(key, freeze(plan), options);
    stores.set(supergraphSdl, store);
    return store;
  };
  return () => {
    planning.initQueryPlanStore = open;
  };
}

function freeze<Value extends object>(value: Value): Value {
  if (Object.isFrozen(value)) return value;
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === 'object' && inner !== null) freeze(inner);
  }
  return Object.freeze(value);
}

// The graph that is attacked: a world as in the proof of non-interference, with every fetch of a sector
// and every statement of its database counted.
import { loadSupergraph } from '../../supergraph/load-supergraph.ts';
import { interpose } from '../noninterference/leaks/interpose.ts';
import { callerOf, type CallerName } from '../noninterference/worlds/callers.ts';
import { openSingleWorld, type SingleWorld } from '../noninterference/worlds/single-world.ts';
import { ask, type HttpAnswer } from '../graph-under-test.ts';

/** A graph with all that a test of an attack looks at. */
export interface AttackedGraph {
  readonly held: SingleWorld;
  readonly url: string;
  /** Asks as a caller. */
  readonly askAs: (
    caller: CallerName,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<HttpAnswer>;
  /** Fetches and statements since the last call. */
  readonly counted: () => { readonly fetches: number; readonly statements: number };
}

/** Opens the graph over the world of a seed. */
export async function openAttackedGraph(seed: string): Promise<AttackedGraph> {
  let counts = { fetches: 0, statements: 0 };
  const held = await openSingleWorld(seed, {
    gateway: { supergraph: await loadSupergraph() },
    between: (_sector, url) =>
      interpose(url, () => {
        counts.fetches += 1;
        return false;
      }),
    replace: (_sector, _owner, readers) => ({
      readers: {
        of: (name) => ({
          query: (statement) => {
            counts.statements += 1;
            return readers.of(name).query(statement);
          },
        }),
        close: readers.close,
      },
    }),
  });
  const { url } = held;
  return {
    held,
    url,
    askAs: async (caller, query, variables = {}, headers = {}) => {
      const own = await held.headersOf(callerOf(caller));
      return ask({ url }, query, variables, { ...own, ...headers });
    },
    counted: () => {
      const since = counts;
      counts = { fetches: 0, statements: 0 };
      return since;
    },
  };
}

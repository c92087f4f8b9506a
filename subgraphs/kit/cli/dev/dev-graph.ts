// The graph that a sector is worked on in: its schema as it stands in the working tree, the others as
// they are published.
import type { EarlierGraph } from '../../composition/check/earlier-sights.ts';
import { checkSector } from '../../composition/check/check-sector.ts';
import { composeSubgraphs, CompositionError, parseSubgraphs } from '../../composition/compose.ts';
import type { PublishedGraph } from '../../composition/published/graph-store.ts';
import { graphOf, withSubgraph } from '../../composition/published/next-graph.ts';
import type { RecordedOperation } from '../../composition/recorded-operations.ts';
import type { SubgraphText } from '../../composition/subgraph.ts';
import { PROJECT_DIRECTORY } from '../config.ts';
import { problemOfCheck, type DevProblem } from './dev-status.ts';

/** What a check is weighed by, beside the published graph. */
export interface DevWeights {
  /** Null where no recording is at hand. */
  readonly operations: readonly RecordedOperation[] | null;
  /** Legal day, ISO date: operations last asked before it count no more. */
  readonly usedSince: string;
  /** Graphs that were published before, newest first. */
  readonly earlier: Iterable<EarlierGraph>;
}

/** What the schema of a sector makes of the published graph. */
export interface DevGraph {
  /** Null where it does not compose. */
  readonly graph: PublishedGraph | null;
  /** Finds why it does not compose; else what would keep it from being published. */
  readonly check: (weights: DevWeights) => readonly DevProblem[];
}

/**
 * Composes the schema as it is saved; nothing is written. It is checked apart, since what composes is
 * served without waiting for that.
 */
export function makeDevGraph(
  published: PublishedGraph,
  own: SubgraphText,
  order: readonly string[],
): DevGraph {
  const texts = withSubgraph(published, own, order);
  const composed = tryToCompose(texts);
  return {
    graph: composed.kind === 'graph' ? composed.graph : null,
    check: (weights) =>
      checkSector({
        sector: own.name,
        subgraphs: texts,
        areOthersPublished: true,
        published: published.supergraph,
        ...weights,
        isWideningAccepted: false,
        directory: PROJECT_DIRECTORY,
        compose: () => {
          if (composed.kind === 'graph') return { sdl: composed.sdl, hints: [] };
          throw composed.error;
        },
      }).problems.map(problemOfCheck),
  };
}

type Composition =
  | { readonly kind: 'graph'; readonly sdl: string; readonly graph: PublishedGraph }
  | { readonly kind: 'failed'; readonly error: CompositionError };

function tryToCompose(texts: readonly SubgraphText[]): Composition {
  try {
    const subgraphs = parseSubgraphs(texts, PROJECT_DIRECTORY);
    const { sdl } = composeSubgraphs(subgraphs, PROJECT_DIRECTORY);
    return { kind: 'graph', sdl, graph: graphOf(subgraphs, sdl) };
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    return { kind: 'failed', error };
  }
}

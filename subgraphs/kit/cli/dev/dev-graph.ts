// The graph that a sector is worked on in: its schema as it stands in the working tree, the others as
// they are published.
import { checkSector } from '../../composition/check/check-sector.ts';
import { composeSubgraphs } from '../../composition/compose.ts';
import type { PublishedGraph } from '../../composition/published/graph-store.ts';
import { graphOf, withSubgraph } from '../../composition/published/next-graph.ts';
import type { Subgraph, SubgraphText } from '../../composition/subgraph.ts';
import { PROJECT_DIRECTORY } from '../config.ts';
import { problemOfCheck, type DevProblem } from './dev-status.ts';

/** What the schema of a sector makes of the published graph. */
export interface DevGraph {
  /** Null where it does not compose. */
  readonly graph: PublishedGraph | null;
  /** Why it does not compose; else what would keep it from being published. */
  readonly problems: readonly DevProblem[];
}

/** Composes and checks the schema as it is saved; nothing is written. */
export function makeDevGraph(
  published: PublishedGraph,
  own: SubgraphText,
  order: readonly string[],
): DevGraph {
  const texts = withSubgraph(published, own, order);
  let graph: PublishedGraph | null = null;
  const report = checkSector({
    sector: own.name,
    subgraphs: texts,
    published: published.supergraph,
    // What of the recorded operations would break, `check` and `publish` say.
    operations: [],
    usedSince: '0000-01-01',
    isWideningAccepted: false,
    directory: PROJECT_DIRECTORY,
    compose: (subgraphs: readonly Subgraph[], directory: string) => {
      const composed = composeSubgraphs(subgraphs, directory);
      graph = graphOf(subgraphs, composed.sdl);
      return composed;
    },
  });
  return { graph, problems: report.problems.map(problemOfCheck) };
}

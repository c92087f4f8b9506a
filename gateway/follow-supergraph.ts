// Keeps what is served at what the file of the supergraph holds.
import type { Config } from './config.ts';
import { TryLater, type ServedGraph } from './served-graph.ts';
import { SUPERGRAPH_BYTES_MAX } from './supergraph/load-supergraph.ts';
import { watchFile, type FileWatch } from './watch-file.ts';

/** Follows the file from what is served now; a change serves within seconds. */
export function followSupergraph(
  { supergraphFile, supergraphPollMs }: Config,
  served: ServedGraph,
): FileWatch {
  return watchFile({
    file: supergraphFile,
    text: served.sdl,
    everyMs: supergraphPollMs,
    bytesMax: SUPERGRAPH_BYTES_MAX,
    take: (sdl) => served.take(sdl),
    onError: (error) => {
      if (!(error instanceof TryLater)) served.noteFile(error);
    },
    onRecovered: () => {
      served.noteFile(null);
    },
  });
}

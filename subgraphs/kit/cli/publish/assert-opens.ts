// Whether a gateway can open a supergraph, found out by the gateway's own code before any gateway is
// given it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_DIRECTORY } from '../config.ts';

interface Opening {
  readonly openSupergraph: (supergraph: unknown) => Promise<unknown>;
}

interface Reading {
  readonly readSupergraph: (sdl: string) => unknown;
}

/**
 * Opens a supergraph as a gateway does.
 *
 * @throws Error that it cannot be opened, with the cause
 */
export async function assertOpens(supergraph: string): Promise<void> {
  // By path at run time, as sectors are: the command line is of the kit, which the gateway builds on.
  const [{ openSupergraph }, { readSupergraph }] = await Promise.all([
    load<Opening>('gateway/explain/open-supergraph.ts'),
    load<Reading>('gateway/supergraph/load-supergraph.ts'),
  ]);
  try {
    await openSupergraph(readSupergraph(supergraph));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`A gateway could not open this graph; it stays unpublished: ${reason}`, {
      cause,
    });
  }
}

async function load<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(join(PROJECT_DIRECTORY, path)).href)) as T;
}

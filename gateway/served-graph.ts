// The graph that is served, whichever generation it is of. A new supergraph is opened whole and its
// most used operations are prepared before it serves; requests under way end on the old one.
import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import { PublicError } from '../subgraphs/kit/errors.ts';
import type { Logger } from '../subgraphs/kit/log.ts';
import type { Graph } from './graph.ts';
import {
  generationOf,
  readSupergraph,
  SUPERGRAPH_HINT,
  type Supergraph,
} from './supergraph/load-supergraph.ts';
import { warmUp } from './warm-up.ts';

/** What the graph is served by. */
export interface ServedGraphOptions {
  /** Opens everything that belongs to one supergraph. */
  readonly open: (supergraph: Supergraph) => Promise<Graph>;
  /** Notes that a supergraph is about to serve. */
  readonly record: (supergraph: Pick<Supergraph, 'generation' | 'sdl'>) => Promise<void>;
  /** Longest that a new supergraph waits while operations are prepared for it. */
  readonly warmUpMs: number;
  readonly log: Logger;
}

/** What may be told to anybody of what is served. */
export interface ServedState {
  readonly generation: string;
  /** When it began to serve here, ISO 8601. */
  readonly servedSince: string;
  /** What was to be served and is not; null where all is well. */
  readonly refused: RefusedSupergraph | null;
}

/** A supergraph that is not served; the log says why. */
export interface RefusedSupergraph {
  /** Null where its text could not be had. */
  readonly generation: string | null;
  readonly at: string;
  readonly reason: 'unreadable' | 'not a supergraph' | 'cannot be opened' | 'cannot be recorded';
}

/** Says that a supergraph could not be taken now, and may be another time. */
export class TryLater extends Error {
  override readonly name = 'TryLater';
}

/** One generation while it serves or ends. */
interface Generation {
  readonly name: string;
  readonly sdl: string;
  readonly graph: Graph;
  readonly since: string;
  /** Requests under way on it. */
  underWay: number;
  /** Told when the last one has ended; null while it serves. */
  onIdle: (() => void) | null;
}

/** Longer than any request lasts: each fetch has a deadline, and plans are not that deep. */
const ENDING_MS_MAX = 120_000;
/** To open a supergraph again and again costs the requests under way the CPU. */
const RETRY_MS = 10_000;

/** The graph, through all its generations; {@link serveGraph} opens it. */
export class ServedGraph {
  readonly #options: ServedGraphOptions;
  readonly #ending = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #current: Generation;
  #refused: RefusedSupergraph | null = null;
  #retry: { readonly generation: string; readonly fromMs: number } | null = null;

  constructor(first: Generation, options: ServedGraphOptions) {
    this.#current = first;
    this.#options = options;
  }

  /** The text of the supergraph that serves. */
  get sdl(): string {
    return this.#current.sdl;
  }

  /** Tells what serves. */
  state(): ServedState {
    const { name, since } = this.#current;
    return { generation: name, servedSince: since, refused: this.#refused };
  }

  /** Does something with the graph that serves now; it stays open until that has ended. */
  async use<T>(work: (graph: Graph) => Promise<T>): Promise<T> {
    const generation = this.#current;
    generation.underWay += 1;
    try {
      return await work(generation.graph);
    } finally {
      generation.underWay -= 1;
      if (generation.underWay === 0) generation.onIdle?.();
    }
  }

  /**
   * Goes over to the supergraph of a text. What is none, or cannot be opened, is logged and noted as
   * refused. One call at a time.
   *
   * @throws TryLater where another try may succeed, as for a database that is away
   */
  async take(sdl: string): Promise<void> {
    const startedMs = performance.now();
    const generation = generationOf(sdl);
    if (generation === this.#current.name) {
      this.#refused = null;
      return;
    }
    if (this.#retry?.generation === generation && startedMs < this.#retry.fromMs) {
      throw new TryLater();
    }
    const next = await this.#open(sdl);
    if (!next) return;
    const { log, warmUpMs } = this.#options;
    const warming = { log, signal: this.#closing.signal, durationMsMax: warmUpMs };
    const { prepared } = await warmUp(this.#current.graph, next.graph, warming);
    await this.#record(next);
    const old = this.#current;
    this.#current = next;
    this.#refused = null;
    const tookMs = Math.round(performance.now() - startedMs);
    log.info({ generation, prepared, tookMs }, 'a new supergraph is served');
    const end = endGeneration(old, log, this.#closing.signal).finally(() => {
      this.#ending.delete(end);
    });
    this.#ending.add(end);
  }

  /** Notes that the supergraph cannot be had, or with null that it again can. */
  noteFile(error: Error | null): void {
    if (error) this.#refuse(null, 'unreadable', error);
    else this.#refused = null;
  }

  /** Closes what still serves; what is under way is broken off. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#ending, this.#current.graph.close()]);
  }

  /** Opens a generation; null where that failed, which is noted. */
  async #open(sdl: string): Promise<Generation | null> {
    let supergraph: Supergraph;
    try {
      supergraph = readSupergraph(sdl);
    } catch (error) {
      this.#refuse(sdl, 'not a supergraph', error);
      return null;
    }
    try {
      return generationOfGraph(supergraph, await this.#options.open(supergraph));
    } catch (error) {
      this.#refuse(sdl, 'cannot be opened', error);
      return null;
    }
  }

  async #record(next: Generation): Promise<void> {
    try {
      await this.#options.record({ generation: next.name, sdl: next.sdl });
      this.#closing.signal.throwIfAborted();
    } catch (error) {
      await next.graph.close();
      this.#refuse(next.sdl, 'cannot be recorded', error);
      this.#retry = { generation: next.name, fromMs: performance.now() + RETRY_MS };
      throw new TryLater('the supergraph cannot be recorded', { cause: error });
    }
  }

  #refuse(sdl: string | null, reason: RefusedSupergraph['reason'], error: unknown): void {
    const generation = sdl === null ? null : generationOf(sdl);
    this.#refused = { generation, at: new Date().toISOString(), reason };
    this.#options.log.error({ err: error, generation }, `the supergraph is not taken: ${reason}`);
  }
}

/**
 * Opens and serves the first supergraph.
 *
 * @throws PublicError when it is not one that can be planned
 * @throws Error when it cannot be opened or recorded for another reason
 */
export async function serveGraph(
  first: Supergraph,
  options: ServedGraphOptions,
): Promise<ServedGraph> {
  const graph = await options.open(first).catch((error: unknown) => {
    throw explain(error);
  });
  try {
    await options.record(first);
  } catch (error) {
    await graph.close();
    throw error;
  }
  return new ServedGraph(generationOfGraph(first, graph), options);
}

/** What composition and planner say of a supergraph is meant for whoever wrote it. */
function explain(error: unknown): unknown {
  if (!(error instanceof GraphQLError) || error instanceof PublicError) return error;
  const message = `The supergraph cannot be served: ${error.message}.`;
  return new PublicError('SERVICE_UNAVAILABLE', message, { hint: SUPERGRAPH_HINT, cause: error });
}

function generationOfGraph({ generation, sdl }: Supergraph, graph: Graph): Generation {
  const since = new Date().toISOString();
  return { name: generation, sdl, graph, since, underWay: 0, onIdle: null };
}

/** Closes a generation that serves no longer, after the requests that are under way on it. */
async function endGeneration(
  generation: Generation,
  log: Logger,
  closing: AbortSignal,
): Promise<void> {
  if (generation.underWay > 0) {
    const waiting = new AbortController();
    const idle = new Promise<void>((resolve) => {
      generation.onIdle = resolve;
    });
    const signal = AbortSignal.any([waiting.signal, closing]);
    const timeout = sleep(ENDING_MS_MAX, undefined, { signal, ref: false }).catch(() => undefined);
    await Promise.race([idle, timeout]);
    waiting.abort();
  }
  if (generation.underWay > 0) {
    const { name, underWay } = generation;
    log.warn({ generation: name, underWay }, 'a generation is closed before its requests ended');
  }
  await generation.graph.close().catch((error: unknown) => {
    log.error({ err: error, generation: generation.name }, 'a generation did not close in order');
  });
}

// A whole run: every caller in turn, each with its own second world, until one is told something or
// all have asked.
import { loadSupergraph, type Supergraph } from '../../../supergraph/load-supergraph.ts';
import { callerOf, type CallerName } from '../worlds/callers.ts';
import type { TwinWorlds } from '../worlds/twin-worlds.ts';
import { openAsking, type Asking } from './ask-graph.ts';
import { compareWorlds, type Difference, type RunResult } from './compare-worlds.ts';
import { describeDifference } from './describe-difference.ts';
import { shrinkDifference } from './shrink-difference.ts';

/** What is run. */
export interface CallersRun {
  readonly seed: string;
  readonly callers: readonly CallerName[];
  /** Operations of all callers together. */
  readonly operations: number;
  readonly supergraph?: Supergraph;
  /** Leaves what was told as long as it was found: making it smaller takes hundreds of requests. */
  readonly isLeftWhole?: boolean;
  readonly onProgress?: (caller: CallerName, done: number, of: number) => void;
}

/** What came of it. */
export interface CallersResult {
  readonly results: ReadonlyMap<CallerName, RunResult>;
  /** What was told, described; null where nothing was. */
  readonly told: string | null;
}

/** After so many operations a caller's second world is made anew. */
const ROUND = 25_000;

/** Runs the operations of all callers. */
export async function runCallers(twins: TwinWorlds, run: CallersRun): Promise<CallersResult> {
  const { seed, callers, onProgress } = run;
  const supergraph = run.supergraph ?? (await loadSupergraph());
  const each = Math.ceil(run.operations / callers.length);
  const results = new Map<CallerName, RunResult>();
  for (let round = 0; round * ROUND < each; round += 1) {
    for (const name of callers) {
      const caller = callerOf(name);
      const words = await twins.turnTo(caller, round);
      const roundSeed = round === 0 ? seed : `${seed}.${round}`;
      const result = await compareWorlds(twins, supergraph, words, {
        seed: roundSeed,
        caller,
        operations: Math.min(ROUND, each - round * ROUND),
        onProgress: (done) => onProgress?.(name, round * ROUND + done, each),
      });
      results.set(name, result);
      if (result.difference) {
        const difference = run.isLeftWhole
          ? result.difference
          : await shrink(twins, result.difference);
        return { results, told: describeDifference(difference, seed, round * ROUND) };
      }
    }
  }
  return { results, told: null };
}

async function shrink(twins: TwinWorlds, difference: Difference): Promise<Difference> {
  const askings = twins.urls.map(openAsking) as [Asking, Asking];
  try {
    return await shrinkDifference(difference, askings);
  } finally {
    await Promise.all(askings.map((asking) => asking.close()));
  }
}

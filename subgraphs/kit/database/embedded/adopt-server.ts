// Joins the server that runs on a data folder already: one that another process uses, or one that a
// killed process left behind. What only looks like one (a stale pid file) is put out of the way.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ClusterPaths } from './data-folder.ts';
import { launchFailure } from './launch-server.ts';
import { takeLease, type Lease } from './lease.ts';
import {
  clusterName,
  isAlive,
  isServing,
  readPostmasterFile,
  retirePostmasterFile,
  stopPostmaster,
} from './postmaster.ts';

/**
 * Joins the server that the folder's pid file names. One of ours that does not answer is stopped.
 *
 * @returns undefined when the way is free to launch one
 * @throws PublicError when it answers but lets nobody in
 */
export async function adoptServer(
  paths: ClusterPaths,
  password: string,
): Promise<Lease | undefined> {
  const name = clusterName(paths, password);
  const since = Date.now();
  for (;;) {
    const file = await readPostmasterFile(paths);
    if (!file || !isAlive(file.pid)) return undefined;
    if (!(await isServing(file.pid, paths, password))) {
      await retirePostmasterFile(paths, file.pid);
      return undefined;
    }
    let refusal: unknown;
    if (file.port !== undefined) {
      try {
        return await takeLease({ port: file.port, name, password });
      } catch (error) {
        refusal = error;
      }
    }
    const waitedMs = Date.now() - since;
    if (refusal instanceof pg.DatabaseError) {
      if (waitedMs > ANSWERING_TIMEOUT_MS) throw launchFailure(paths, refusal.message, '');
    } else if (waitedMs > SILENT_TIMEOUT_MS) {
      await stopPostmaster(paths, password);
      return undefined;
    }
    await sleep(20);
  }
}

/** Longest wait for a running server: one that answers may be recovering from a crash. */
const SILENT_TIMEOUT_MS = 10_000;
const ANSWERING_TIMEOUT_MS = 60_000;

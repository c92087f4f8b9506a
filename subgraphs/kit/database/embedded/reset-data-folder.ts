// Empties a data folder: stops the server that still runs there, then removes everything in it. A
// folder without our marker is left alone, whatever DATA_DIR says.
import { readFile, readdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PublicError } from '../../errors.ts';
import { MARKER, clusterPaths, isDataFolder } from './data-folder.ts';
import { stopPostmaster } from './postmaster.ts';

/** What a reset did. */
export interface ResetReport {
  /** The server that was stopped first. */
  readonly stoppedPid: number | undefined;
  /** Names of the files and folders that were removed, sorted. */
  readonly removed: readonly string[];
}

/**
 * Lists what a reset would remove.
 *
 * @returns undefined when there is no such folder or nothing in it
 * @throws PublicError when the folder is not one of ours
 */
export async function inspectDataFolder(directory: string): Promise<readonly string[] | undefined> {
  const entries = await readdir(directory).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  if (entries.length === 0) return undefined;
  if (!(await isDataFolder(directory))) {
    throw new PublicError(
      'SERVICE_UNAVAILABLE',
      `${directory} is no data folder of this project (it has no file ${MARKER}).`,
      { hint: 'Nothing was removed. Check DATA_DIR.' },
    );
  }
  return entries.filter((name) => name !== MARKER).sort();
}

/**
 * Empties a data folder; the folder itself stays, since it may be a mount.
 *
 * @throws PublicError when the folder is not one of ours
 */
export async function resetDataFolder(directory: string): Promise<ResetReport> {
  const removed = (await inspectDataFolder(directory)) ?? [];
  if (!(await isDataFolder(directory))) return { stoppedPid: undefined, removed: [] };
  const paths = await clusterPaths(directory);
  const password = await readFile(paths.password, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  const stoppedPid = password === undefined ? undefined : await stopPostmaster(paths, password);
  const folder = await realpath(directory);
  // The marker goes last: a reset that is cut short can be repeated.
  for (const name of [...removed, MARKER]) {
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 10 });
  }
  return { stoppedPid, removed };
}

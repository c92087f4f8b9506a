// The folders of a run, outside the project: one that is removed with it, one that stays for inputs.
import { lstat, mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeThrowAwayFolder } from '../../subgraphs/kit/database/embedded/throw-away-folder.ts';
import type { Scope } from './scope.ts';

/** Makes the folder of this run; it goes with the servers in it, however the run ends. */
export async function makeRunFolder(scope: Scope): Promise<string> {
  const { folder, remove } = await makeThrowAwayFolder();
  await scope.defer(remove);
  return folder;
}

/**
 * Makes the folder of inputs, or finds the one of an earlier run.
 *
 * @throws Error when somebody else has made it
 */
export async function makeCacheFolder(): Promise<string> {
  const user = process.getuid?.();
  const folder = join(await realpath(tmpdir()), `credit-graph-bench-inputs-${user ?? 'all'}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === (user ?? found.uid)) return folder;
  throw new Error(`${folder} belongs to somebody else; set TMPDIR to a folder of your own.`);
}

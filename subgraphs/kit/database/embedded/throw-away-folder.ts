// A folder for servers that are thrown away: it goes, and what runs in it, when its process ends in
// whatever way. A watchdog process sees to a killed one, the next run to a killed machine.
import { spawn, type ChildProcess } from 'node:child_process';
import { lstat, mkdtemp, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../log.ts';
import { clusterPaths } from './data-folder.ts';
import { isAlive, stopPostmaster } from './postmaster.ts';

/** A private folder, and the way to remove it before the process ends. */
export interface ThrowAwayFolder {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Makes an empty folder. Data folders belong into it directly, or are this folder itself. */
export async function makeThrowAwayFolder(log?: Logger): Promise<ThrowAwayFolder> {
  const parent = await realpath(tmpdir());
  await sweep(parent, log);
  const folder = await mkdtemp(join(parent, `${namePrefix()}${process.pid}-`));
  const watchdog = startWatchdog(folder);
  return {
    folder,
    async remove() {
      await removeThrowAwayFolder(folder);
      watchdog.kill('SIGKILL');
    },
  };
}

/** Stops the servers whose data lies in a folder, or in one of its folders, and removes it. */
export async function removeThrowAwayFolder(folder: string): Promise<void> {
  const inside = await readdir(folder).catch(() => []);
  for (const directory of [folder, ...inside.map((name) => join(folder, name))]) {
    const paths = await clusterPaths(directory).catch(() => undefined);
    const password = paths && (await readFile(paths.password, 'utf8').catch(() => undefined));
    if (paths && password) await stopPostmaster(paths, password, 'immediate');
  }
  // An initdb that lost its parent may still be writing.
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Containers may share a temporary folder; a pid of another host says nothing here. */
function namePrefix(): string {
  return `credit-graph-test-${hostname().replaceAll(/[^A-Za-z0-9]/g, '_')}-`;
}

function startWatchdog(directory: string): ChildProcess {
  const loader = import.meta.resolve('#typescript');
  const script = join(import.meta.dirname, 'watchdog.ts');
  // Its standard input ends when this process does, in whatever way. A session of its own keeps
  // Ctrl-C on the terminal from it.
  const watchdog = spawn(process.execPath, ['--import', loader, script, directory], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true,
  });
  // Without a watchdog a killed run is cleaned up by the next one.
  watchdog.on('error', () => undefined);
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  return watchdog;
}

/** Removes clusters of ours whose process is gone. */
async function sweep(parent: string, log: Logger | undefined): Promise<void> {
  const prefix = namePrefix();
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    const directory = join(parent, name);
    const found = await lstat(directory).catch(() => undefined);
    const ours = found?.isDirectory() && found.uid === (process.getuid?.() ?? found.uid);
    if (!ours || !Number.isSafeInteger(pid) || isAlive(pid)) continue;
    // What cannot be removed is in nobody's way.
    await removeThrowAwayFolder(directory).catch((error: unknown) => {
      log?.warn({ err: error, directory }, 'a throw-away database server was left behind');
    });
  }
}

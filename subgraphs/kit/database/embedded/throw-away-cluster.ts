// A cluster for one test run: fast instead of durable, in the temporary folder, and gone afterwards
// however the run ends. A watchdog process sees to a killed run, the next run to a killed machine.
import { spawn, type ChildProcess } from 'node:child_process';
import { lstat, mkdtemp, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from '../../log.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { clusterPaths } from './data-folder.ts';
import { isAlive, stopPostmaster } from './postmaster.ts';

/**
 * Starts a cluster that ends with this process at the latest; `stop` ends it sooner and removes its
 * folder. It does not keep the process alive.
 */
export async function startThrowAwayCluster(log?: Logger): Promise<Cluster> {
  const parent = await realpath(tmpdir());
  await sweep(parent, log);
  const directory = await mkdtemp(join(parent, `${namePrefix()}${process.pid}-`));
  const watchdog = startWatchdog(directory);
  const cluster = await startCluster({
    directory,
    port: 0,
    settings: SETTINGS,
    ...(log && { log }),
  });
  return {
    ...cluster,
    async stop() {
      await cluster.stop();
      await removeThrowAwayCluster(directory);
      watchdog.kill('SIGKILL');
    },
  };
}

/** Stops what runs in the folder of a throw-away cluster and removes the folder. */
export async function removeThrowAwayCluster(directory: string): Promise<void> {
  const paths = await clusterPaths(directory).catch(() => undefined);
  if (!paths) return;
  const password = await readFile(paths.password, 'utf8').catch(() => undefined);
  if (password !== undefined) await stopPostmaster(paths, password, 'immediate');
  // An initdb that lost its parent may still be writing.
  await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Nothing survives a crash of the machine, and need not. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  checkpoint_timeout: '30min',
} as const;

/** Containers may share a temporary folder; a pid of another host says nothing here. */
function namePrefix(): string {
  return `credit-graph-test-${hostname().replaceAll(/[^A-Za-z0-9]/g, '_')}-`;
}

function startWatchdog(directory: string): ChildProcess {
  const loader = createRequire(import.meta.url).resolve('tsx');
  const script = join(import.meta.dirname, 'watchdog.ts');
  // Its standard input ends when this process does, in whatever way. A session of its own keeps
  // Ctrl-C on the terminal from it.
  const watchdog = spawn(
    process.execPath,
    ['--import', pathToFileURL(loader).href, script, directory],
    {
      cwd: import.meta.dirname,
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      windowsHide: true,
    },
  );
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
    await removeThrowAwayCluster(directory).catch((error: unknown) => {
      log?.warn({ err: error, directory }, 'a throw-away database server was left behind');
    });
  }
}

// Makes the files of a new cluster. They appear in their place whole, by one rename: a start that is
// killed half-way leaves no half of a cluster, and of two starts at once one wins and both go on.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PublicError } from '../../errors.ts';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './config.ts';
import type { ClusterPaths } from './data-folder.ts';
import type { ServerAccount } from './server-account.ts';
import { isAlive } from './postmaster.ts';

/** Name of the superuser. */
export const SUPERUSER = 'postgres';

/** Major version of the server; a data folder fits one major version only. */
const MAJOR = '18';

const INITDB_TIMEOUT_MS = 60_000;

/**
 * Makes sure that the folder holds a cluster of our major version.
 *
 * @param durable whether the new files are forced to disk before the cluster counts as made
 * @returns the superuser's password
 * @throws PublicError when it holds one of another version, or when initdb fails
 */
export async function initialiseCluster(
  paths: ClusterPaths,
  binaries: Binaries,
  account: ServerAccount | undefined,
  durable: boolean,
): Promise<string> {
  if (await isInitialised(paths)) return fs.readFile(paths.password, 'utf8');
  await removeAbandonedDrafts(paths.directory);
  const draft = await fs.mkdtemp(join(paths.directory, `${DRAFT}${process.pid}-`));
  try {
    await makeCluster(draft, binaries, account, durable);
    await fs.rename(draft, paths.cluster).catch(async (error: unknown) => {
      // Another start was quicker; its cluster is as good.
      if (!(await isInitialised(paths))) throw error;
    });
  } finally {
    await fs.rm(draft, { recursive: true, force: true });
  }
  return fs.readFile(paths.password, 'utf8');
}

/**
 * How a program names the data folder that is its working directory. Under a lent account the real
 * path may lead through folders that this account cannot enter (/root/...): Linux still lets a
 * process reach its own working directory, which spawn enters before it gives up root.
 */
export function dataArgument(paths: { readonly data: string }, lent: boolean): string {
  return lent && process.platform === 'linux' ? '/proc/self/cwd' : paths.data;
}

const DRAFT = '.new-';

async function isInitialised(paths: ClusterPaths): Promise<boolean> {
  const found = await fs.access(paths.cluster).then(
    () => true,
    () => false,
  );
  if (!found) return false;
  const major = (await fs.readFile(join(paths.data, 'PG_VERSION'), 'utf8')).trim();
  if (major === MAJOR) return true;
  throw new PublicError(
    'SERVICE_UNAVAILABLE',
    `${paths.data} was written by PostgreSQL ${major}; this is ${MAJOR}.`,
    { hint: 'Save what you need with the old version, then run "npm run reset".' },
  );
}

async function removeAbandonedDrafts(directory: string): Promise<void> {
  for (const name of await fs.readdir(directory)) {
    const pid = /^\.new-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await fs.rm(join(directory, name), { recursive: true, force: true });
    }
  }
}

/**
 * The server's account owns `data` alone. With an account that others share (nobody) the password
 * and the log stay ours, since a process of that account could plant links in a folder it owns.
 */
async function makeCluster(
  draft: string,
  binaries: Binaries,
  account: ServerAccount | undefined,
  durable: boolean,
): Promise<void> {
  const data = join(draft, 'data');
  const password = join(draft, 'password');
  await fs.chmod(draft, account ? 0o711 : 0o700);
  await fs.mkdir(data, { mode: 0o700 });
  await fs.writeFile(password, randomBytes(32).toString('base64url'), { mode: 0o600 });
  if (account) {
    await fs.chown(data, account.uid, account.gid);
    await fs.chown(password, account.uid, account.gid);
    if (account.ownsFolder) await fs.chown(draft, account.uid, account.gid);
  }
  await runInitdb(data, binaries, account, durable);
  if (account && !account.ownsFolder) await fs.chown(password, 0, 0);
}

async function runInitdb(
  data: string,
  binaries: Binaries,
  account: ServerAccount | undefined,
  durable: boolean,
): Promise<void> {
  const options = [
    ...['-D', dataArgument({ data }, account !== undefined)],
    ...['-U', SUPERUSER, '--pwfile', join('..', 'password'), '--auth', 'scram-sha-256'],
    ...['--no-locale', '--encoding', 'UTF8', '--no-instructions'],
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(binaries.initdb, options, {
      cwd: data,
      env: serverEnvironment(),
      timeout: INITDB_TIMEOUT_MS,
      windowsHide: true,
      ...(account && { uid: account.uid, gid: account.gid }),
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const said = stderr?.trim() ? stderr.trim() : String(error);
    throw new PublicError('SERVICE_UNAVAILABLE', `initdb could not make a database:\n${said}`, {
      hint: hintFor(said),
      ...(error instanceof Error && { cause: error }),
    });
  }
}

function hintFor(said: string): string {
  if (said.includes('could not look up effective user ID')) {
    return 'PostgreSQL needs an account with an entry in /etc/passwd; run as one, or as root.';
  }
  if (said.includes('spawn EPERM')) {
    return 'root may not change accounts here (capabilities dropped); run as an ordinary user.';
  }
  return 'Check that DATA_DIR is on a local file system with free space and ordinary permissions.';
}

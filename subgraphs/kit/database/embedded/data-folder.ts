// The data folder and what lies where in it. A marker file says that the folder is ours: without
// it nothing is put into a folder that has other contents, and nothing is ever removed from it.
import { chmod, chown, mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PublicError } from '../../errors.ts';
import type { ServerAccount } from './server-account.ts';

/** Name of the file that marks a data folder as ours. */
export const MARKER = '.credit-graph';

/** Where the parts of a cluster lie. All paths are absolute and free of symbolic links. */
export interface ClusterPaths {
  readonly directory: string;
  /** Appears whole or not at all; holds the three below. */
  readonly cluster: string;
  /** PostgreSQL's own files, the server's account alone. */
  readonly data: string;
  /** Password of the superuser, 0600. */
  readonly password: string;
  readonly serverLog: string;
}

/** Gives the paths of the cluster in a data folder. The folder must exist. */
export async function clusterPaths(directory: string): Promise<ClusterPaths> {
  const real = await realpath(directory);
  const cluster = join(real, 'cluster');
  return {
    directory: real,
    cluster,
    data: join(cluster, 'data'),
    password: join(cluster, 'password'),
    serverLog: join(cluster, 'server.log'),
  };
}

/** Tells whether a folder is one of ours; a missing one is not. */
export async function isDataFolder(directory: string): Promise<boolean> {
  return (await entriesOf(directory)).includes(MARKER);
}

/**
 * Makes a folder ours: creates it where it is missing and marks it where it is empty.
 *
 * @throws PublicError when it holds other things already, so that a mistyped path is never emptied,
 *   when it is no folder, or when this account may not use it
 */
export async function claimDataFolder(directory: string, account?: ServerAccount): Promise<void> {
  try {
    await claim(directory, account);
  } catch (error) {
    throw explainDataFolder(error, directory);
  }
}

/** Says in words what is wrong with a data folder; other errors are returned as they are. */
export function explainDataFolder(error: unknown, directory: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const fault = FAULTS[code ?? ''];
  if (fault === undefined) return error;
  return new PublicError('SERVICE_UNAVAILABLE', fault.message(directory), {
    hint: fault.hint,
    cause: error as Error,
  });
}

const NOT_ALLOWED = {
  message: (directory: string) => `This account may not use the data folder ${directory}.`,
  hint: 'Was it made by root or another user? Run as that one, or set DATA_DIR.',
};
const NO_FOLDER = {
  message: (directory: string) => `The data folder ${directory} is no folder.`,
  hint: 'Name an empty or a new folder in DATA_DIR.',
};

/** By the codes of the system. */
const FAULTS: Readonly<Record<string, typeof NOT_ALLOWED>> = {
  EACCES: NOT_ALLOWED,
  EPERM: NOT_ALLOWED,
  EROFS: NOT_ALLOWED,
  EEXIST: NO_FOLDER,
  ENOTDIR: NO_FOLDER,
};

async function claim(directory: string, account?: ServerAccount): Promise<void> {
  const created = await mkdir(directory, { recursive: true });
  if (created !== undefined) await chmod(directory, 0o755);
  const entries = await entriesOf(directory);
  if (entries.includes(MARKER)) return;
  if (entries.length > 0) {
    throw new PublicError(
      'SERVICE_UNAVAILABLE',
      `The data folder ${directory} holds other things (${entries.slice(0, 3).join(', ')}).`,
      { hint: 'Name an empty or a new folder in DATA_DIR.' },
    );
  }
  const marker = join(directory, MARKER);
  await writeFile(marker, 'Data of credit-graph. `npm run reset` empties this folder.\n');
  if (account?.ownsFolder) {
    await chown(marker, account.uid, account.gid);
    if (created !== undefined) await chown(directory, account.uid, account.gid);
  }
}

async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

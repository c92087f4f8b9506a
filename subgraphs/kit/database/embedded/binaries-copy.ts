// A copy of PostgreSQL's programs in the temporary folder, for projects under a folder that the
// server's account cannot enter. Nobody but us can have planted or changed what is run from it.
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PublicError } from '../../errors.ts';

/**
 * Copies `native` to a folder that every account can enter, once per version, and gives that folder.
 *
 * @throws PublicError when something that is not ours lies in its place
 */
export async function copyBinaries(native: string, version: string): Promise<string> {
  const parent = await findOpenFolder();
  const account = process.getuid?.() ?? 'user';
  const copy = join(parent, `credit-graph-postgresql-${version}-${account}`);
  if (await isWhole(copy, native)) return join(copy, 'native');

  const draft = await mkdtemp(join(parent, 'credit-graph-copy-'));
  try {
    await copyTree(native, join(draft, 'native'));
    await chmod(draft, 0o755);
    await rename(draft, copy).catch(async (error: unknown) => {
      // Another start was quicker.
      if (!(await isWhole(copy, native))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return join(copy, 'native');
}

/** The temporary folder of root may be private too; then the system's own serves. */
async function findOpenFolder(): Promise<string> {
  for (const candidate of [tmpdir(), '/var/tmp', '/tmp']) {
    const folder = await realpath(candidate).catch(() => undefined);
    if (folder && (process.platform === 'win32' || (await isOpen(folder)))) return folder;
  }
  throw new PublicError('SERVICE_UNAVAILABLE', 'No temporary folder is open to all accounts.', {
    hint: 'Set TMPDIR to a folder that all accounts may enter, or run as an ordinary user.',
  });
}

/** Every folder up to the root can be entered by all, and its entries are replaced by owners only. */
async function isOpen(directory: string): Promise<boolean> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = await lstat(folder).catch(() => undefined);
    if (!found?.isDirectory() || (found.mode & 0o001) === 0) return false;
    if ((found.mode & 0o022) !== 0 && (found.mode & 0o1000) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Tells whether the copy is there and complete: cleaners of temporary folders remove old files one
 * by one, so files are counted; what is incomplete is removed.
 */
async function isWhole(copy: string, native: string): Promise<boolean> {
  const found = await lstat(copy).catch(() => undefined);
  if (!found) return false;
  const foreign = process.getuid !== undefined && found.uid !== process.getuid();
  if (!found.isDirectory() || foreign || (found.mode & 0o022) !== 0) {
    throw new PublicError(
      'SERVICE_UNAVAILABLE',
      `${copy} was not made by this account; programs in it are not run.`,
      { hint: 'Find out who made it, remove it, and start again.' },
    );
  }
  const [wanted, present] = await Promise.all([native, join(copy, 'native')].map(countFiles));
  if (wanted === present) return true;
  await rm(copy, { recursive: true, force: true });
  return false;
}

async function countFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).length;
}

/** Modes are set anew: the source may have been installed under a private umask. */
async function copyTree(source: string, target: string): Promise<void> {
  await mkdir(target);
  await chmod(target, 0o755);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) {
      await copyTree(from, to);
    } else if (entry.isFile()) {
      await copyFile(from, to);
      await chmod(to, (await lstat(from)).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

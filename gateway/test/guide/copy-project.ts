// A copy of the project in which a guide can be followed: its files as they lie here, and the packages
// that are installed for it.
import { cp, mkdtemp, readdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PROJECT_DIRECTORY } from '../../../subgraphs/kit/cli/config.ts';

/** Not of the project itself: packages, data, history, secrets, what is built. */
const LEFT_OUT = new Set(['node_modules', '.git', '.data', '.env', 'dist', 'results']);

/** Copies the project to a temporary folder; returns the folder. */
export async function copyProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'credit-guide-'));
  for (const entry of await readdir(PROJECT_DIRECTORY)) {
    if (LEFT_OUT.has(entry)) continue;
    await cp(join(PROJECT_DIRECTORY, entry), join(copy, entry), {
      recursive: true,
      filter: (source) => !LEFT_OUT.has(basename(source)),
    });
  }
  await symlink(join(PROJECT_DIRECTORY, 'node_modules'), join(copy, 'node_modules'), 'dir');
  return copy;
}

// The files that node:test is given: one a group, which loads the test files of the group, each as a
// suite that is named as the file (relative to the project, if it is of it).
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_DIRECTORY } from '../config.ts';
import type { TestGroup } from './group-test-files.ts';

/** Entries on the disk. */
export interface TestEntries {
  /** Absolute, one a group; sorted by name they are in the order of the groups. */
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/** Writes an entry for each group into a folder of their own. */
export async function writeEntries(groups: readonly TestGroup[]): Promise<TestEntries> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'credit-graph-tests-'));
  const files = groups.map((group, index) => {
    const order = String(index).padStart(4, '0');
    return { path: join(folder, `${order}-${group.name}.test.mjs`), text: entryOf(group) };
  });
  await Promise.all(files.map(({ path, text }) => writeFile(path, text)));
  return {
    files: files.map(({ path }) => path),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * A file is loaded when the one before it is: what a module waits for while it loads would otherwise
 * give its tests to the suite of another.
 */
function entryOf({ files }: TestGroup): string {
  const list = files.map((file) => [nameOf(file), pathToFileURL(file).href]);
  const tracking = pathToFileURL(join(import.meta.dirname, 'test-tracking.ts')).href;
  return `import { holdTestTracking } from ${JSON.stringify(tracking)};
const tracking = holdTestTracking();
const { suite } = await import('node:test');
for (const [name, url] of ${JSON.stringify(list)}) {
  await new Promise((resolve) => {
    suite(name, () => import(url).finally(resolve));
  });
}
tracking.end();
`;
}

function nameOf(file: string): string {
  const path = relative(PROJECT_DIRECTORY, file);
  return path.startsWith('..') ? file : path;
}

// Which test files share a process. Half of what a small test file costs is the loading of what it
// tests, so the files of one room are loaded into one process, one after the other.
import { dirname, relative, sep } from 'node:path';

/** Test files that run in one process, in this order. */
export interface TestGroup {
  /** Unlike that of any other group; made of what a file name may hold. */
  readonly name: string;
  /** Absolute. */
  readonly files: readonly string[];
}

/** Rooms whose tests take long each, or change their own process: each file has its own. */
const ALONE = [
  'gateway/test/playground',
  'gateway/test/publish',
  'gateway/authentication/development',
] as const;

/** Those that take longest: begun first, so that no other waits for one of them alone. */
const LONGEST = [
  'gateway/test/noninterference',
  'gateway/test/guide',
  'gateway/test/playground',
  'subgraphs/kit/conformance',
  'gateway/test/publish',
  'gateway/test',
] as const;

/**
 * Groups the files of a run, the longest groups first.
 *
 * @param files absolute, of the project or not
 */
export function groupTestFiles(project: string, files: readonly string[]): readonly TestGroup[] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const path = relative(project, file).replaceAll(sep, '/');
    const room = roomOf(path);
    const group = groups.get(room);
    if (group) group.push(file);
    else groups.set(room, [file]);
  }
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([room, members]) => ({ name: room.replaceAll(/[^A-Za-z0-9.]+/g, '-'), files: members }));
}

function roomOf(path: string): string {
  return ALONE.some((room) => isIn(path, room)) ? path : dirname(path);
}

function rank(room: string): number {
  const place = LONGEST.findIndex((folder) => isIn(room, folder));
  return place === -1 ? LONGEST.length : place;
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

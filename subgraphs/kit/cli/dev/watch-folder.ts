// Tells which files of a folder change. It asks the file system now and then: a sector's folder is
// small, and notices of the system get lost with editors that save by renaming, on network drives and
// in containers.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A folder under watch. */
export interface FolderWatch {
  /** Stops; what is under way is waited for. */
  readonly close: () => Promise<void>;
}

/** How a folder is watched. */
export interface FolderWatchOptions {
  readonly folder: string;
  /** Which files count, by their path. */
  readonly isWatched: (path: string) => boolean;
  readonly everyMs: number;
  /** Takes the paths that changed, appeared or went; the next ones wait until it is done. */
  readonly onChange: (paths: readonly string[]) => Promise<void>;
  /** Hears of a failure to look, or of one in `onChange`. */
  readonly onError: (error: unknown) => void;
}

const FILES_MAX = 5_000;
const SETTLE_MS = 30;
const SETTLE_ROUNDS_MAX = 20;

/** Watches a folder with its subfolders, from how it is now. */
export async function watchFolder(options: FolderWatchOptions): Promise<FolderWatch> {
  const { everyMs, onChange, onError } = options;
  let seen = await lookAt(options);
  let isClosed = false;
  let pending: Promise<void> | null = null;

  async function look(): Promise<void> {
    const changed = new Set<string>();
    for (let round = 0; round < SETTLE_ROUNDS_MAX; round += 1) {
      const now = await lookAt(options);
      const differing = [...new Set([...seen.keys(), ...now.keys()])].filter(
        (path) => seen.get(path) !== now.get(path),
      );
      seen = now;
      if (differing.length === 0) break;
      for (const path of differing) changed.add(path);
      // Who saves all that is open means one change.
      await sleep(SETTLE_MS);
    }
    if (changed.size > 0 && !isClosed) await onChange([...changed]);
  }

  const timer = setInterval(() => {
    pending ??= look()
      .catch(onError)
      .finally(() => {
        pending = null;
      });
  }, everyMs);
  return {
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await pending;
    },
  };
}

/** A mark of each file that is different once the file is. */
async function lookAt({
  folder,
  isWatched,
}: FolderWatchOptions): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(isWatched);
  if (paths.length > FILES_MAX) throw new Error(`${folder} has more than ${FILES_MAX} files`);
  const marks = await Promise.all(
    paths.map(async (path) => {
      // Gone between the two looks is gone.
      const found = await stat(path).catch(() => null);
      return [path, found ? `${found.mtimeMs} ${found.size} ${found.ino}` : ''] as const;
    }),
  );
  return new Map(marks.filter(([, mark]) => mark !== ''));
}

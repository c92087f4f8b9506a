// Tells when the text of a file changes. It asks the file system now and then: notices of the system
// do not come from network drives, and not through the links by which orchestrators exchange secrets.
import { readFile, stat } from 'node:fs/promises';

/** A file under watch. */
export interface FileWatch {
  /** Stops; what is under way is waited for. */
  readonly close: () => Promise<void>;
}

/** How a file is watched. */
export interface FileWatchOptions {
  readonly file: string;
  /** What the file held when the watch began. */
  readonly text: string;
  readonly everyMs: number;
  /** Largest file that is read, bytes. Default: 1 MiB. */
  readonly bytesMax?: number;
  /** Takes a new text; what it throws is reported, and the text is offered again. */
  readonly take: (text: string) => Promise<void>;
  /** Hears of a failure; of the same one in a row once. */
  readonly onError: (error: Error) => void;
  /** Hears that the file can be read again after a failure. */
  readonly onRecovered?: () => void;
}

const BYTES_MAX = 1_048_576;

/** Watches a file; the watch does not keep the process alive. */
export function watchFile(options: FileWatchOptions): FileWatch {
  const { file, everyMs, bytesMax = BYTES_MAX, take, onError, onRecovered } = options;
  let taken = options.text;
  let seen = '';
  let reported = '';
  let pending: Promise<void> | null = null;

  async function look(): Promise<void> {
    try {
      const { mtimeMs, ctimeMs, size, ino } = await stat(file);
      const mark = [mtimeMs, ctimeMs, size, ino].join();
      if (mark === seen && reported === '') return;
      if (size > bytesMax) throw new Error(`${file} is larger than ${bytesMax} bytes`);
      const text = await readFile(file, 'utf8');
      if (text !== taken) await take(text);
      taken = text;
      seen = mark;
      if (reported !== '') onRecovered?.();
      reported = '';
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      if (failure.message !== reported) onError(failure);
      reported = failure.message;
    }
  }

  const timer = setInterval(() => {
    pending ??= look().finally(() => {
      pending = null;
    });
  }, everyMs);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await pending;
    },
  };
}

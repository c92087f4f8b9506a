// Says on standard error how far a long import is: on a terminal one line that is drawn again, else
// a line every few seconds, so that a log stays readable.
import { shownFileName } from '../ingestion/file-name.ts';
import type { ImportProgress } from '../ingestion/import-file.ts';

/** The progress of one file. */
export interface ProgressLine {
  readonly show: (progress: ImportProgress) => void;
  /** Clears the line. */
  readonly end: () => void;
}

const FIRST_AFTER_MS = 1_000;
const REDRAW_MS = 200;
const LINE_MS = 5_000;

/**
 * Starts the progress of a file; files that take less than a second show none.
 *
 * @param sizeBytes of the file, 0 if not known
 */
export function importProgress(
  path: string,
  sizeBytes: number,
  stream: NodeJS.WriteStream = process.stderr,
  nowMs: () => number = () => performance.now(),
): ProgressLine {
  const started = nowMs();
  const every = stream.isTTY ? REDRAW_MS : LINE_MS;
  let next = started + FIRST_AFTER_MS;
  let drawn = false;
  return {
    show: (progress) => {
      const now = nowMs();
      if (now < next && progress.phase === 'reading') return;
      if (now < started + FIRST_AFTER_MS) return;
      next = now + every;
      const text = describe(shownFileName(path), sizeBytes, progress, now - started);
      stream.write(stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
      drawn = true;
    },
    end: () => {
      if (drawn && stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}

function describe(
  file: string,
  sizeBytes: number,
  { phase, bytesRead, rowsRead, rowsRejected }: ImportProgress,
  elapsedMs: number,
): string {
  const rows = rowsRead.toLocaleString('en-GB');
  const refused = rowsRejected > 0 ? `, ${rowsRejected.toLocaleString('en-GB')} refused` : '';
  if (phase === 'merging') return `${file}: merging ${rows} rows${refused}`;
  const percent = sizeBytes > 0 ? `${Math.floor((bytesRead / sizeBytes) * 100)} %, ` : '';
  const rate = Math.round((rowsRead / elapsedMs) * 1000).toLocaleString('en-GB');
  return `${file}: ${percent}${rows} rows read${refused}, ${rate} rows/s`;
}

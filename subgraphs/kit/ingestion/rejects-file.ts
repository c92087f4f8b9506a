// The file of refused rows: CSV that a spreadsheet opens, written while the import runs.
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Rejection } from './rejection.ts';

/** Takes rejections. */
export interface RejectsFile {
  readonly write: (rejections: readonly Rejection[]) => Promise<void>;
  /** Ends the file; returns its path, or null if nothing was refused. */
  readonly close: () => Promise<string | null>;
}

/** Rejections that are kept in memory, for nobody but the caller. */
export interface KeptRejections extends RejectsFile {
  /** The first of them, without the cells. */
  readonly first: () => readonly Rejection[];
}

const KEPT_MAX = 20;
const BYTE_ORDER_MARK = '\ufeff';

/** Keeps the first rejections where none are to be written. */
export function keepFirstRejections(): KeptRejections {
  const kept: Rejection[] = [];
  return {
    write(rejections) {
      for (const rejection of rejections.slice(0, KEPT_MAX - kept.length)) {
        kept.push({ ...rejection, value: '' });
      }
      return Promise.resolve();
    },
    close: () => Promise.resolve(null),
    first: () => kept,
  };
}

/**
 * Prepares the rejects file of one import, which is made with the first rejection; one of an earlier
 * import in its place is removed.
 *
 * @param file name of the imported file, repeated in every line
 */
export async function openRejectsFile(path: string, file: string): Promise<RejectsFile> {
  await rm(path, { force: true });
  let stream: WriteStream | undefined;
  let failure: unknown;

  async function open(): Promise<WriteStream> {
    await mkdir(dirname(path), { recursive: true });
    // What was refused may be confidential: the file is its owner's alone.
    const opened = createWriteStream(path, { mode: 0o600 });
    opened.on('error', (error) => {
      failure = error;
    });
    opened.write(`${BYTE_ORDER_MARK}file,line,column,value,reason\r\n`);
    return opened;
  }

  return {
    async write(rejections) {
      if (rejections.length === 0) return;
      stream ??= await open();
      const text = rejections.map((rejection) => csvLine(file, rejection)).join('');
      if (!stream.write(text) && failure === undefined) await once(stream, 'drain');
      if (failure instanceof Error) throw failure;
    },
    async close() {
      if (!stream) return null;
      stream.end();
      await finished(stream);
      return path;
    },
  };
}

function csvLine(file: string, { line, column, value, reason }: Rejection): string {
  return `${[file, String(line), column, value, reason].map(csvField).join(',')}\r\n`;
}

/** Quotes a field, and keeps a spreadsheet from running it as a formula. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

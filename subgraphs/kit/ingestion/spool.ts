// Standard input as a file: its size and its hash are asked for before it is read as records. The copy
// has no name while it is written and read, so that nobody else opens it and none is left behind,
// however the process ends.
import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';
import { PIECE_BYTES, tooLarge, type StoredFile } from './stored-file.ts';

/** A spooled input; it takes up the disk until it is closed. */
export interface SpooledFile extends StoredFile {
  readonly close: () => Promise<void>;
}

/** How an input is spooled. */
export interface SpoolOptions {
  /** Folder for the copy; made where it is missing, its owner's alone. */
  readonly folder: string;
  readonly limits: Pick<ImportLimits, 'fileBytesMax' | 'silenceMsMax'>;
  readonly signal?: AbortSignal;
}

/**
 * Copies an input to the disk.
 *
 * @throws ImportError where it is larger than a file may be, or says nothing for too long
 */
export async function spool(input: Readable, options: SpoolOptions): Promise<SpooledFile> {
  const { folder, limits, signal } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const handle = await open(path, 'wx+', 0o600);
  try {
    await rm(path);
    const bytes = await copy(input, handle, limits, signal);
    return {
      bytes,
      read: () =>
        handle.createReadStream({ start: 0, autoClose: false, highWaterMark: PIECE_BYTES }),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function copy(
  input: Readable,
  handle: FileHandle,
  limits: SpoolOptions['limits'],
  signal: AbortSignal | undefined,
): Promise<number> {
  signal?.throwIfAborted();
  const stop = (): void => {
    input.destroy(new Error('stopped'));
  };
  const silence = setTimeout(() => {
    const seconds = limits.silenceMsMax / 1_000;
    input.destroy(
      new ImportError('input', `Nothing came by standard input for ${seconds} s; is it piped in?`),
    );
  }, limits.silenceMsMax);
  signal?.addEventListener('abort', stop, { once: true });
  let bytes = 0;
  try {
    for await (const chunk of input as AsyncIterable<Buffer>) {
      silence.refresh();
      bytes += chunk.length;
      if (bytes > limits.fileBytesMax) throw tooLarge(limits);
      await handle.writeFile(chunk);
    }
    return bytes;
  } finally {
    clearTimeout(silence);
    signal?.removeEventListener('abort', stop);
  }
}

// The log of a measured process: a file in its folder, since reading a pipe would cost the measurement.
import { mkdirSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const LOG_END_BYTES = 4_000;

/** A log that is open for writing; its descriptor belongs to the caller. */
export interface ProcessLog {
  readonly path: string;
  readonly descriptor: number;
}

/** Opens the log of a process below a folder. */
export function openLog(folder: string, name: string): ProcessLog {
  const path = join(folder, 'logs', `${name}.log`);
  mkdirSync(dirname(path), { recursive: true });
  return { path, descriptor: openSync(path, 'a') };
}

/** Reads the end of a process's log. */
export async function endOfLog(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, LOG_END_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}

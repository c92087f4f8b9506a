// Large record files from the recipes of the samples, made once and kept between runs.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { encodeSampleFile } from '../../../subgraphs/kit/samples/encode-sample-file.ts';
import type { SampleFile } from '../../../subgraphs/kit/samples/sample-file.ts';
import type { WorkloadContext } from '../workload.ts';

const FINGERPRINT_BYTES = 1_000_000;
const FINGERPRINT_CHARACTERS = 12;

/**
 * Writes a record file, or finds it as an earlier run has written it.
 *
 * @param size says how much of the recipe is written; part of the name, with a fingerprint of the
 *   beginning of the file, so that a changed recipe is written anew
 * @returns the path
 */
export async function makeInput(
  { cacheFolder, scope, say }: WorkloadContext,
  file: SampleFile,
  size: number,
): Promise<string> {
  const name = `${size}-${await fingerprintOf(file)}-${file.fileName}`;
  const path = join(cacheFolder, name);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  say(`writing ${name}; it is kept for the next run`);
  const part = `${path}.${process.pid}`;
  await scope.defer(() => rm(part, { force: true }));
  await pipeline(
    Readable.from(encodeSampleFile(file), { objectMode: false }),
    createWriteStream(part, { mode: 0o600 }),
  );
  await rename(part, path);
  return path;
}

/** Returns a file with no more than so many rows. */
export function withRows(file: SampleFile, rows: number): SampleFile {
  return {
    ...file,
    *rows() {
      let left = rows;
      for (const row of file.rows()) {
        if (left === 0) return;
        left -= 1;
        yield row;
      }
    },
  };
}

/** Returns the same rows in another file: the first one stands last. */
export function firstRowLast(file: SampleFile): SampleFile {
  return {
    ...file,
    fileName: `again-${file.fileName}`,
    *rows() {
      const rows = file.rows()[Symbol.iterator]();
      const first = rows.next();
      for (let each = rows.next(); !each.done; each = rows.next()) yield each.value;
      if (!first.done) yield first.value;
    },
  };
}

async function fingerprintOf(file: SampleFile): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of encodeSampleFile(file)) {
    hash.update(chunk);
    bytes += chunk.length;
    if (bytes > FINGERPRINT_BYTES) break;
  }
  return hash.digest('hex').slice(0, FINGERPRINT_CHARACTERS);
}

// Writes the sample files of a sector, and tells whether those on disk are still the ones that
// would be written.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { encodeSampleFile } from './encode-sample-file.ts';
import type { Population } from './population.ts';
import type { SampleFile, SampleSource } from './sample-file.ts';

/** Bounds the subjects of a workbook; for more, an XLSX file is written as CSV of the same name. */
export const XLSX_SUBJECTS_MAX = 20_000;

/** One file that was written. */
export interface WrittenSample {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Writes all sample files of a sector over a population into a folder, making it if need be.
 *
 * @throws RangeError if two files of the sector have one name
 */
export async function writeSamples(
  source: SampleSource,
  population: Population,
  directory: string,
): Promise<readonly WrittenSample[]> {
  await mkdir(directory, { recursive: true });
  const written: WrittenSample[] = [];
  for (const file of filesOf(source, population)) {
    let rows = 0;
    let bytes = 0;
    const counted: SampleFile = {
      ...file,
      *rows() {
        for (const row of file.rows()) {
          rows += 1;
          yield row;
        }
      },
    };
    const path = join(directory, file.fileName);
    await pipeline(
      Readable.from(encodeSampleFile(counted), { objectMode: false }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(path),
    );
    written.push({ path, rows, bytes });
  }
  return written;
}

/**
 * Compares the samples on disk with those that would be written.
 *
 * @returns one sentence for each file that is missing, differs or does not belong; none if all agree
 */
export async function findStaleSamples(
  source: SampleSource,
  population: Population,
  directory: string,
): Promise<readonly string[]> {
  const stale: string[] = [];
  const present = new Set(await readdir(directory));
  for (const file of filesOf(source, population)) {
    if (!present.delete(file.fileName)) stale.push(`${file.fileName} is missing.`);
    else {
      const wanted = await hashOf(encodeSampleFile(file));
      const found = await hashOf(createReadStream(join(directory, file.fileName)));
      if (wanted !== found) stale.push(`${file.fileName} differs from what would be written.`);
    }
  }
  return [...stale, ...[...present].map((name) => `${name} is not a sample of this sector.`)];
}

function filesOf(source: SampleSource, population: Population): readonly SampleFile[] {
  const files = source(population).map((file): SampleFile => {
    if (file.kind !== 'xlsx' || population.size <= XLSX_SUBJECTS_MAX) return file;
    return { ...file, kind: 'csv', fileName: file.fileName.replace(/\.xlsx$/u, '.csv') };
  });
  const names = new Set(files.map((file) => file.fileName));
  if (names.size < files.length) throw new RangeError('Two sample files have the same name.');
  return files;
}

async function hashOf(chunks: AsyncIterable<Buffer | string>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

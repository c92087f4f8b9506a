// `npm run sector -- samples [sector...] [--subjects N] [--out dir]`: writes the synthetic sample
// files, those checked in or, with --out, any number for a load test.
import { access, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPopulation, SAMPLE_POPULATION } from '../samples/population.ts';
import type { SampleSource } from '../samples/sample-file.ts';
import { writeSamples } from '../samples/write-samples.ts';

/** What the command line says. */
export interface SamplesOptions {
  /** Sectors to write; empty for every sector that has samples. */
  readonly sectors: readonly string[];
  /** Number of subjects; needs `out`, because the checked-in samples have a fixed number. */
  readonly subjects?: number;
  /** Folder to write into, one folder for each sector in it; absent: `<sector>/samples`. */
  readonly out?: string;
}

const SUBGRAPHS = join(import.meta.dirname, '..', '..');

/**
 * Writes the samples of sectors, and one line to `print` for every file written.
 *
 * @throws Error that names the sector or option, and how to put it right
 */
export async function writeSectorSamples(
  options: SamplesOptions,
  print: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): Promise<void> {
  const { subjects = SAMPLE_POPULATION.size, out } = options;
  if (subjects !== SAMPLE_POPULATION.size && out === undefined) {
    throw new Error('--subjects changes the samples: name a folder for them with --out.');
  }
  const population = createPopulation({ ...SAMPLE_POPULATION, size: subjects });
  const known = await sectorsWithSamples();
  for (const sector of options.sectors.length > 0 ? options.sectors : known) {
    if (!known.includes(sector)) {
      throw new Error(`Sector ${sector} has no samples.ts; with one are: ${known.join(', ')}.`);
    }
    const source = await loadSampleSource(sector);
    const directory = out === undefined ? join(SUBGRAPHS, sector, 'samples') : join(out, sector);
    for (const { path, rows, bytes } of await writeSamples(source, population, directory)) {
      print(`${relative('.', path)}: ${rows} rows, ${bytes} bytes`);
    }
  }
}

/** Lists the sectors whose folder has a samples.ts, by name. */
export async function sectorsWithSamples(): Promise<readonly string[]> {
  const folders = await readdir(SUBGRAPHS, { withFileTypes: true });
  const found: string[] = [];
  for (const { name } of folders.filter((entry) => entry.isDirectory() && entry.name !== 'kit')) {
    const isThere = await access(join(SUBGRAPHS, name, 'samples.ts')).then(
      () => true,
      () => false,
    );
    if (isThere) found.push(name);
  }
  return found.sort();
}

/**
 * Loads the `samples` that a sector's samples.ts exports.
 *
 * @throws Error if it exports none
 */
export async function loadSampleSource(sector: string): Promise<SampleSource> {
  const path = join(SUBGRAPHS, sector, 'samples.ts');
  const module: unknown = await import(pathToFileURL(path).href);
  if (typeof module === 'object' && module !== null && 'samples' in module) {
    if (typeof module.samples === 'function') return module.samples as SampleSource;
  }
  throw new Error(`subgraphs/${sector}/samples.ts exports no function named samples.`);
}

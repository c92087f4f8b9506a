// `npm run sector -- new <sector>`: a whole sector from the template. Everything is made and checked
// in a folder aside; what is there is touched only by the renames at the end.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FormatConfig } from 'oxfmt';
import { composeSupergraph, CompositionError } from '../../composition/compose.ts';
import { readSupergraphConfig, type SubgraphEntry } from '../../composition/supergraph-config.ts';
import { createPopulation, SAMPLE_POPULATION } from '../../samples/population.ts';
import type { SampleSource } from '../../samples/sample-file.ts';
import { writeSamples } from '../../samples/write-samples.ts';
import { UsageError } from '../usage-error.ts';
import { fillNames, moveImports } from './fill-template.ts';
import { addToCompose, addToSupergraph, nextPort } from './register-sector.ts';
import { sectorNames, type SectorNames, type SectorWords } from './sector-names.ts';
import { assertFree } from './taken-names.ts';
import { readTemplate, type TemplateFile } from './template-files.ts';

/** What was made. */
export interface NewSector {
  readonly names: SectorNames;
  readonly port: number;
  /** Files that were written or changed, relative to the project, with slashes. */
  readonly files: readonly string[];
}

const SUPERGRAPH = 'supergraph.yaml';
const COMPOSE = 'docker/compose.yaml';
const STYLE = '.oxfmtrc.json';

/** Beside the sectors, so that its imports resolve; the one name keeps two from working at once. */
const ASIDE = '.new-sector';

/**
 * Makes a sector that composes with the others: its folder, and its lines in the files that name all.
 *
 * @throws UsageError for a name that is none or is taken; nothing is left of the attempt
 */
export async function newSector(project: string, words: SectorWords): Promise<NewSector> {
  const subgraphs = readSupergraphConfig(join(project, SUPERGRAPH));
  const names = freeNames(words, subgraphs);
  const place = join(project, 'subgraphs', names.sector);
  if (existsSync(place)) {
    throw new UsageError(`The folder subgraphs/${names.sector} is there already.`);
  }
  const aside = join(project, 'subgraphs', ASIDE);
  await claim(aside);
  try {
    const template = await readTemplate(project);
    const written = await writeFilled(template, names, aside, await layOutAs(project));
    assertFree(names, subgraphs, template, aside);
    const samples = await writeOwnSamples(aside, names.sector);
    const port = await writeRegisters(project, names.sector);
    await putInPlace(project, aside, place);
    const files = [...written, ...samples].map((path) => `subgraphs/${names.sector}/${path}`);
    return { names, port, files: [...files, SUPERGRAPH, COMPOSE] };
  } finally {
    await rm(aside, { recursive: true, force: true });
    for (const file of [SUPERGRAPH, COMPOSE]) await rm(newOf(project, file), { force: true });
  }
}

/** Tells of a name that is taken and of words that are none at once. */
function freeNames(words: SectorWords, subgraphs: readonly SubgraphEntry[]): SectorNames {
  const taken = subgraphs
    .filter(({ name }) => name === words.sector)
    .map(({ name }) => `There is a subgraph ${name} already: ${SUPERGRAPH} names it.`);
  try {
    const names = sectorNames(words);
    if (taken.length === 0) return names;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    taken.push(error.message);
  }
  throw new UsageError(taken.join('\n'));
}

const newOf = (project: string, file: string): string => join(project, `${file}.new`);

async function claim(aside: string): Promise<void> {
  try {
    await mkdir(aside);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    throw new Error(
      `subgraphs/${ASIDE} is there: another "new" is at work. If none is, one was killed: ` +
        'remove the folder.',
      { cause: error },
    );
  }
}

async function writeFilled(
  template: readonly TemplateFile[],
  names: SectorNames,
  folder: string,
  layOut: LayOut,
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { path, text } of template) {
    const target = fillNames(path, names);
    await mkdir(dirname(join(folder, target)), { recursive: true });
    const filled = moveImports(fillNames(text, names), path);
    await writeFile(join(folder, target), await layOut(target, filled));
    written.push(target);
  }
  return written;
}

/** Runs the samples of the new sector where it lies aside, as far from the kit as in its place. */
async function writeOwnSamples(folder: string, sector: string): Promise<readonly string[]> {
  // The folder is used again: what was loaded from it for another sector must not answer.
  const url = `${pathToFileURL(join(folder, 'samples.ts')).href}?${sector}`;
  const { samples } = (await import(url)) as { readonly samples: SampleSource };
  const population = createPopulation(SAMPLE_POPULATION);
  const written = await writeSamples(samples, population, join(folder, 'samples'));
  return written.map(({ path }) => `samples/${basename(path)}`);
}

/** Writes the files that name all sectors anew beside the old ones, and composes what they name. */
async function writeRegisters(project: string, sector: string): Promise<number> {
  const layOut = await layOutAs(project);
  const supergraph = await readFile(join(project, SUPERGRAPH), 'utf8');
  const compose = await readFile(join(project, COMPOSE), 'utf8');
  const port = nextPort(supergraph);
  const named = addToSupergraph(supergraph, sector, port);
  const file = newOf(project, SUPERGRAPH);
  await writeFile(file, named.replace(`subgraphs/${sector}/`, `subgraphs/${ASIDE}/`));
  assertComposes(file, sector);
  await writeFile(file, await layOut(SUPERGRAPH, named));
  await writeFile(
    newOf(project, COMPOSE),
    await layOut(COMPOSE, addToCompose(compose, sector, port)),
  );
  return port;
}

function assertComposes(file: string, sector: string): void {
  try {
    composeSupergraph(file);
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    throw new Error(`${error.message}\nNothing was made of ${sector}.`, { cause: error });
  }
}

/** The three renames; what was renamed is renamed back where a later one fails. */
async function putInPlace(project: string, aside: string, place: string): Promise<void> {
  const supergraph = join(project, SUPERGRAPH);
  const before = await readFile(supergraph);
  await rename(aside, place);
  try {
    await rename(newOf(project, SUPERGRAPH), supergraph);
    await rename(newOf(project, COMPOSE), join(project, COMPOSE));
  } catch (error) {
    await writeFile(supergraph, before);
    await rename(place, aside);
    throw error;
  }
}

type LayOut = (path: string, text: string) => Promise<string>;

/** Lays out texts as the project does: names of other lengths break lines elsewhere. */
async function layOutAs(project: string): Promise<LayOut> {
  const { format } = await import('oxfmt');
  const style = JSON.parse(await readFile(join(project, STYLE), 'utf8')) as FormatConfig;
  return async (path, text) => {
    const { code, errors } = await format(path, text, style);
    if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? ''}`);
    return code;
  };
}

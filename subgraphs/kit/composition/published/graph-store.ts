// The published graphs in their folder: of each generation the supergraph and what it was composed of.
// What is written stands for good, and is checked against its name whenever it is read.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, print } from 'graphql';
import { z } from 'zod';
import type { Subgraph, SubgraphText } from '../subgraph.ts';
import { hashOfSchema, hashOfText, readSubgraphHashes } from '../supergraph-text.ts';

/** A published graph. */
export interface PublishedGraph {
  /** SHA-256 of the supergraph's text, hexadecimal. */
  readonly generation: string;
  readonly supergraph: string;
  /** In the order in which they were composed, each with the whole schema that was. */
  readonly subgraphs: readonly PublishedSubgraph[];
}

/** A subgraph as it was published. */
export interface PublishedSubgraph extends SubgraphText {
  readonly published: string;
}

const NAME = /^[a-z][a-z0-9]*$/;
const LIST = z.object({
  subgraphs: z.array(z.object({ name: z.string().regex(NAME), routingUrl: z.url() })),
});

/** What a subgraph is as it is being published. */
export function publishedSubgraph({ whole, ...rest }: Subgraph): PublishedSubgraph {
  const { name, routingUrl, file, text } = rest;
  return { name, routingUrl, file, text, published: rest.published ?? `${print(whole)}\n` };
}

/** Writes a graph; it appears whole or not at all, and one that is there already stays. */
export async function writePublishedGraph(directory: string, graph: PublishedGraph): Promise<void> {
  const graphs = join(directory, 'graphs');
  await mkdir(graphs, { recursive: true });
  if ((await readdir(graphs)).includes(graph.generation)) return;
  const beside = join(graphs, `.${randomUUID()}`);
  try {
    await mkdir(join(beside, 'subgraphs'), { recursive: true });
    for (const { name, text, published } of graph.subgraphs) {
      await writeFile(join(beside, 'subgraphs', `${name}.graphql`), text);
      await writeFile(join(beside, 'subgraphs', `${name}.whole.graphql`), published);
    }
    const subgraphs = graph.subgraphs.map(({ name, routingUrl }) => ({ name, routingUrl }));
    await writeFile(join(beside, 'graph.json'), `${JSON.stringify({ subgraphs }, null, 2)}\n`);
    await writeFile(join(beside, 'supergraph.graphql'), graph.supergraph);
    await rename(beside, join(graphs, graph.generation));
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Reads a graph.
 *
 * @throws Error for a generation that is not there, or is not what its name says
 */
export async function readPublishedGraph(
  directory: string,
  generation: string,
): Promise<PublishedGraph> {
  const folder = join(directory, 'graphs', generation);
  const supergraph = await readPart(folder, 'supergraph.graphql');
  if (hashOfText(supergraph) !== generation) {
    throw new Error(`${folder} was changed after it was published. Restore it from a backup.`);
  }
  const list = LIST.parse(JSON.parse(await readPart(folder, 'graph.json')));
  const subgraphs = await Promise.all(
    list.subgraphs.map(async ({ name, routingUrl }) => ({
      name,
      routingUrl,
      file: join(folder, 'subgraphs', `${name}.graphql`),
      text: await readPart(folder, 'subgraphs', `${name}.graphql`),
      published: await readPart(folder, 'subgraphs', `${name}.whole.graphql`),
    })),
  );
  assertComposedOf(folder, supergraph, subgraphs);
  return { generation, supergraph, subgraphs };
}

/** The supergraph names the hashes of the schemas that it was composed of. */
function assertComposedOf(
  folder: string,
  supergraph: string,
  subgraphs: readonly PublishedSubgraph[],
): void {
  const hashes = readSubgraphHashes(supergraph);
  for (const { name, published } of subgraphs) {
    if (hashes.get(name) === hashOfSchema(parse(published))) continue;
    throw new Error(`${folder}: the schema of ${name} was changed. Restore it from a backup.`);
  }
}

async function readPart(folder: string, ...names: readonly string[]): Promise<string> {
  try {
    return await readFile(join(folder, ...names), 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    throw new Error(`There is no published graph in ${folder}.`, { cause: error });
  }
}

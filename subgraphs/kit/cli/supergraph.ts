// `npm run supergraph`: composes the subgraphs and writes the supergraph that the gateway serves;
// with --check it writes nothing and fails when the checked-in one is not current.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeSubgraphs, CompositionError, parseSubgraphs } from '../composition/compose.ts';
import { writeFileWhole } from '../composition/published/write-file.ts';
import { readSubgraphTexts } from '../composition/subgraph.ts';
import { supergraphText } from '../composition/supergraph-text.ts';
import { PROJECT_DIRECTORY, SUPERGRAPH_CONFIG_FILE } from './config.ts';

/** The composed supergraph, checked in. */
export const SUPERGRAPH_FILE = join(PROJECT_DIRECTORY, 'gateway/supergraph/supergraph.graphql');

/**
 * Composes and writes, or compares.
 *
 * @returns the exit code: 0 written or current, 1 does not compose or is not current
 */
export async function writeSupergraph(options: { readonly check: boolean }): Promise<number> {
  let subgraphs;
  let composed;
  try {
    subgraphs = parseSubgraphs(readSubgraphTexts(SUPERGRAPH_CONFIG_FILE), PROJECT_DIRECTORY);
    composed = composeSubgraphs(subgraphs, PROJECT_DIRECTORY);
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  for (const hint of composed.hints) process.stderr.write(`hint: ${hint}\n`);
  const text = supergraphText(subgraphs, composed.sdl);
  const current = await readFile(SUPERGRAPH_FILE, 'utf8').catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return '';
    throw error;
  });
  if (current === text) {
    process.stdout.write('The supergraph is current.\n');
    return 0;
  }
  if (options.check) {
    process.stderr.write('The supergraph is not current: run `npm run supergraph`.\n');
    return 1;
  }
  await writeFileWhole(SUPERGRAPH_FILE, text);
  process.stdout.write('The supergraph was written.\n');
  return 0;
}

// `npm run supergraph`: composes the subgraphs and writes the supergraph that the gateway serves;
// with --check it writes nothing and fails when the checked-in one is not current.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeSupergraph, CompositionError } from '../composition/compose.ts';
import { PROJECT_DIRECTORY, SUPERGRAPH_CONFIG_FILE } from './config.ts';

/** The composed supergraph, checked in. */
export const SUPERGRAPH_FILE = join(PROJECT_DIRECTORY, 'gateway/supergraph/supergraph.graphql');

const NOTE = '# Written by `npm run supergraph` from supergraph.yaml. Do not edit.\n';

/**
 * Composes and writes, or compares.
 *
 * @returns the exit code: 0 written or current, 1 does not compose or is not current
 */
export async function writeSupergraph(options: { readonly check: boolean }): Promise<number> {
  let composed;
  try {
    composed = composeSupergraph(SUPERGRAPH_CONFIG_FILE);
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  for (const hint of composed.hints) process.stderr.write(`hint: ${hint}\n`);
  const text = `${NOTE}${composed.sdl.trimEnd()}\n`;
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
  // A gateway that reads at this moment finds the old text or the new one, never a half.
  await writeFile(`${SUPERGRAPH_FILE}.new`, text);
  await rename(`${SUPERGRAPH_FILE}.new`, SUPERGRAPH_FILE);
  process.stdout.write('The supergraph was written.\n');
  return 0;
}

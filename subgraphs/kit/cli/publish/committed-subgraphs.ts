// The subgraphs as they were last committed: where a supergraph ships with the repository, it was
// composed of these, whatever has been edited since.
import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { parseSubgraph, type Subgraph, type SubgraphText } from '../../composition/subgraph.ts';
import { PROJECT_DIRECTORY } from '../config.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 5_000;
const BYTES_MAX = 16_777_216;

/** Reads them; without git, or for files that were never committed, there are none. */
export async function committedSubgraphs(
  texts: readonly SubgraphText[],
): Promise<readonly Subgraph[]> {
  const found = await Promise.all(texts.map(committed));
  return found.flatMap((text) => (text === null ? [] : readable(text)));
}

async function committed(text: SubgraphText): Promise<SubgraphText | null> {
  const path = `HEAD:./${relative(PROJECT_DIRECTORY, text.file)}`;
  const options = { cwd: PROJECT_DIRECTORY, timeout: TIMEOUT_MS, maxBuffer: BYTES_MAX };
  try {
    return { ...text, text: (await run('git', ['show', path], options)).stdout };
  } catch {
    // Not a repository, no git, no such file: it cannot be found here, and that is all there is to say.
    return null;
  }
}

/** Leaves out what does not parse: it cannot be what was composed. */
export function readable(text: SubgraphText): readonly Subgraph[] {
  try {
    return [parseSubgraph(text)];
  } catch {
    return [];
  }
}

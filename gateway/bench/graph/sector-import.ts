// `npm run sector -- import` as a process of its own: its receipts, and the memory that it needed.
import { join } from 'node:path';
import type { Receipt } from '../../../subgraphs/kit/ingestion/import-file.ts';
import { startProcess } from '../processes/process.ts';
import type { WorkloadContext } from '../workload.ts';

/** What an import came to. */
export interface SectorImport {
  /** One for each file, in the order of the files. */
  readonly receipts: readonly Receipt[];
  /** Largest resident set of the process, bytes. */
  readonly peakBytes: number;
}

const TIMEOUT_MS = 40 * 60_000;

/** Exit code of an import that refused some rows. */
const ROWS_REFUSED = 3;

/**
 * Imports files into the workload's data folder; a server that runs there is used.
 *
 * @param name names the process in its log
 * @throws Error when a file could not be imported
 */
export async function importFiles(
  { folder, dataFolder, scope, options }: WorkloadContext,
  name: string,
  sector: string,
  files: readonly string[],
): Promise<SectorImport> {
  const process = await startProcess({
    name,
    script: 'subgraphs/kit/cli/main.ts',
    words: ['import', sector, ...files, '--json'],
    environment: { DATA_DIR: dataFolder },
    folder,
    scope,
    profileFolder: options.profileFolder,
  });
  const { exitCode, output, usage } = await process.ended(TIMEOUT_MS);
  if (exitCode !== 0 && exitCode !== ROWS_REFUSED) {
    throw new Error(
      `${name}: exit code ${String(exitCode)}; see ${join(folder, 'logs')}\n${output}`,
    );
  }
  const receipts = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Receipt);
  return { receipts, peakBytes: usage.peakBytes };
}

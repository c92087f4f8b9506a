// `status [sector...]`: how each sector stands, in its working tree, its process and its database.
// Exit codes: 0 all is well, 1 something needs attention or could not be found out.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readCliConfig } from '../config.ts';
import { listSectors, loadSectors } from '../sectors.ts';
import { EXIT, withExamples, type VerbContext } from './verb.ts';

interface StatusWords {
  readonly json?: boolean;
}

/** Adds the verb `status`. */
export function addStatusVerb(program: Command, { setExitCode }: VerbContext): void {
  const verb = program
    .command('status')
    .description('tells how sectors stand: schema, process, database, records, imports, displays')
    .argument('[sector...]', 'names of the sectors, with details; all of them where none is named')
    .option('--json', 'write everything as JSON')
    .action(async (names: readonly string[], words: StatusWords) => {
      setExitCode(await statusVerb(names, words));
    });
  withExamples(verb, [
    ['status', 'all sectors in short; exit code 1 where something needs attention'],
    ['status tax', 'one sector with its record types and the last import of each format'],
    ['status --json', 'for programs, and for a monitor that runs it every few minutes'],
  ]);
}

async function statusVerb(names: readonly string[], words: StatusWords): Promise<number> {
  const { createLog } = await import('../../log.ts');
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  const log = createLog('status', config.logLevel === 'info' ? 'warn' : config.logLevel, 'auto');
  const [{ collectState }, { findAttention }, { openExistingDatabases }] = await Promise.all([
    import('../status/collect-state.ts'),
    import('../status/find-attention.ts'),
    import('../status/open-existing-databases.ts'),
  ]);
  const { readSubgraphHashes } = await import('../../composition/supergraph-text.ts');
  const published = readSubgraphHashes(await readPublishedText(config.supergraphFile));
  const sectors = await loadSectors(names);
  const wanted = sectors.map(({ entry }) => entry.name);
  const databases = await openExistingDatabases(config, wanted, log);
  const states = await Promise.all(
    sectors.map((loaded) =>
      collectState(loaded, { config, published, databaseUrl: databases.url(loaded.entry.name) }),
    ),
  )
    // oxlint-disable-next-line typescript/no-misused-promises -- finally waits for it
    .finally(() => databases.stop());
  const attention = states.flatMap(findAttention);
  if (words.json) {
    const at = new Date().toISOString();
    process.stdout.write(`${JSON.stringify({ at, sectors: states, attention })}\n`);
  } else {
    const { writeStatus } = await import('../status/write-status.ts');
    const form = {
      details: names.length > 0,
      colours: process.stdout.isTTY && process.stdout.hasColors(),
    };
    process.stdout.write(writeStatus(states, attention, form));
  }
  return attention.length === 0 ? EXIT.done : EXIT.failed;
}

/** Where there is no supergraph yet, nothing is published. */
async function readPublishedText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return '';
    throw error;
  }
}

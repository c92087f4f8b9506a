// What the verbs of the command line share: what each is given, and a sector opened on its database.
// A verb's file is read for every help and completion: it imports what is heavy where it runs.
import type { Command } from 'commander';
import type { Logger } from '../../log.ts';
import { readCliConfig, type CliConfig } from '../config.ts';
import { listSectors, loadSectors, type LoadedSector } from '../sectors.ts';

/** What every verb is given when it is added to the command line. */
export interface VerbContext {
  /** Names of the sectors, in the order of supergraph.yaml. */
  readonly sectorNames: readonly string[];
  /** Says with which code the process ends; without it 0 where nothing was thrown, else 1. */
  readonly setExitCode: (code: number) => void;
}

/** Exit codes of all verbs. A verb with more of its own numbers them from 4. */
export const EXIT = { done: 0, failed: 1, usage: 2, rowsRefused: 3 } as const;

/** A sector opened for a verb. */
export interface OpenedSector extends LoadedSector {
  /** Address of its database, as the owner. */
  readonly databaseUrl: string;
  /** Whether the database is one of development, on the embedded server. */
  readonly isEmbedded: boolean;
  readonly config: CliConfig;
  /** Writes to standard error, warnings and worse unless the environment asks for more. */
  readonly log: Logger;
}

/**
 * Opens a sector's database, embedded or not, for the length of some work.
 *
 * @throws Error for a name that is not one of a sector, and ConfigError
 */
export async function withSector<T>(
  name: string,
  work: (opened: OpenedSector) => Promise<T>,
): Promise<T> {
  const { createLog } = await import('../../log.ts');
  const { openDatabases } = await import('../databases.ts');
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  const log = createLog(name, config.logLevel === 'info' ? 'warn' : config.logLevel, 'auto');
  const [loaded] = await loadSectors([name]);
  if (!loaded) throw new Error(`There is no sector ${name}.`);
  const databases = await openDatabases(config, [name], log);
  try {
    const [databaseUrl, isEmbedded] = [databases.url(name), databases.isEmbedded(name)];
    return await work({ ...loaded, databaseUrl, isEmbedded, config, log });
  } finally {
    await databases.stop();
  }
}

/** Adds examples to the help of a verb: the words after `npm run sector --`, and what they do. */
export function withExamples(
  verb: Command,
  examples: readonly (readonly [words: string, meaning: string])[],
): void {
  const lines = examples.map(
    ([words, meaning]) => `  npm run sector -- ${words}\n      ${meaning}`,
  );
  verb.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

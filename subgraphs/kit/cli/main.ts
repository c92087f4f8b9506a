// `npm run sector -- <verb>`: what a sector team does with its subgraph. Exit codes: 0 done, 1 failed,
// 2 the command line is wrong; `import` has one more, for a file with refused rows.
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { migrationStatus } from '../database/migrate.ts';
import { createLog, type Logger } from '../log.ts';
import { loadDotEnv, readCliConfig, type CliConfig } from './config.ts';
import { openDatabases } from './databases.ts';
import { importCommand } from './import.ts';
import { reportFailure } from './report-failure.ts';
import { prepareSector } from './run-subgraph.ts';
import { listSectors, loadSectors, type LoadedSector } from './sectors.ts';

const USAGE_EXIT_CODE = 2;

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  let exitCode = 0;
  try {
    loadDotEnv();
    const program = buildProgram((code) => {
      exitCode = code;
    });
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
    reportFailure(error);
    return 1;
  }
}

function buildProgram(setExitCode: (code: number) => void): Command {
  const names = listSectors().map((entry) => entry.name);
  const program = new Command('npm run sector --')
    .description('Works on one sector of the graph.')
    .exitOverride()
    .showHelpAfterError('(npm run sector -- --help says more)')
    .addHelpText('after', `\nSectors: ${names.join(', ')}`);

  program
    .command('import')
    .description('imports record files into a sector: all good rows of a file or none')
    .argument('<sector>', 'name of the sector')
    .argument('<file...>', 'CSV, JSON Lines or XLSX')
    .option('--as <format>', 'name of the format, where the headings fit several')
    .option('--json', 'write the receipts as JSON, one a line')
    .option('--rejects <file>', 'where refused rows are written; default <DATA_DIR>/rejects/...')
    .action(async (name: string, files: readonly string[], options: ImportWords) => {
      setExitCode(await runImport(name, files, options));
    });

  program
    .command('migrate')
    .description('brings the database of a sector up to date')
    .argument('<sector>', 'name of the sector')
    .option('--status', 'only say which migrations stand and which wait')
    .action(runMigrate);

  program
    .command('samples')
    .description('writes the synthetic sample files of sectors')
    .argument('[sector...]', 'names of the sectors; all of them where none is named')
    .option('--subjects <number>', 'how many subjects; needs --out', readCount)
    .option('--out <folder>', 'folder to write into instead of the sectors’ own')
    .action(async (sectors: readonly string[], options: { subjects?: number; out?: string }) => {
      const { writeSectorSamples } = await import('./samples.ts');
      await writeSectorSamples({ sectors, ...options });
    });

  program
    .command('supergraph')
    .description('composes the subgraphs into the supergraph that the gateway serves')
    .option('--check', 'write nothing; fail when the supergraph is not current')
    .action(async (options: { check?: boolean }) => {
      // Composition takes memory that an import has a use for: it is loaded where it is asked for.
      const { writeSupergraph } = await import('./supergraph.ts');
      setExitCode(await writeSupergraph({ check: options.check ?? false }));
    });
  return program;
}

interface ImportWords {
  readonly as?: string;
  readonly json?: boolean;
  readonly rejects?: string;
}

async function runImport(
  name: string,
  files: readonly string[],
  words: ImportWords,
): Promise<number> {
  return withSector(name, async ({ sector }, url, config, log) => {
    await prepareSector(sector, url, config, log);
    return importCommand({
      sector,
      databaseUrl: url,
      files,
      dataDirectory: config.dataDirectory,
      ...words,
    });
  });
}

async function runMigrate(name: string, words: { readonly status?: boolean }): Promise<void> {
  await withSector(name, async ({ sector }, url, config, log) => {
    if (!words.status) await prepareSector(sector, url, config, log);
    const { applied, pending } = await migrationStatus(url, join(sector.directory, 'migrations'));
    for (const migration of applied) process.stdout.write(`applied  ${migration}\n`);
    for (const migration of pending) process.stdout.write(`waiting  ${migration}\n`);
  });
}

/** Opens a sector's database, embedded or not, for the length of some work. */
async function withSector<T>(
  name: string,
  work: (loaded: LoadedSector, url: string, config: CliConfig, log: Logger) => Promise<T>,
): Promise<T> {
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  const log = createLog(name, config.logLevel === 'info' ? 'warn' : config.logLevel, 'auto');
  const [loaded] = await loadSectors([name]);
  if (!loaded) throw new Error(`There is no sector ${name}.`);
  const databases = await openDatabases(config, [name], log);
  try {
    return await work(loaded, databases.url(name), config, log);
  } finally {
    await databases.stop();
  }
}

function readCount(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

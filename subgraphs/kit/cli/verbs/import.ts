// `import <sector> <file...>`: record files into a sector, a receipt each.
import type { Command } from 'commander';
import { importCommand } from '../import.ts';
import { prepareSector } from '../run-subgraph.ts';
import { withSector, type VerbContext } from './verb.ts';

interface ImportWords {
  readonly as?: string;
  readonly json?: boolean;
  readonly rejects?: string;
}

/** Adds the verb `import`. */
export function addImportVerb(program: Command, { setExitCode }: VerbContext): void {
  program
    .command('import')
    .description('imports record files into a sector: all good rows of a file or none')
    .argument('<sector>', 'name of the sector')
    .argument('<file...>', 'CSV, JSON Lines or XLSX')
    .option('--as <format>', 'name of the format, where the headings fit several')
    .option('--json', 'write the receipts as JSON, one a line')
    .option('--rejects <file>', 'where refused rows are written; default <DATA_DIR>/rejects/...')
    .action(async (name: string, files: readonly string[], words: ImportWords) => {
      setExitCode(await runImport(name, files, words));
    });
}

async function runImport(
  name: string,
  files: readonly string[],
  words: ImportWords,
): Promise<number> {
  return withSector(name, async ({ sector, databaseUrl, config, log }) => {
    await prepareSector(sector, databaseUrl, config, log);
    return importCommand({
      sector,
      databaseUrl,
      files,
      dataDirectory: config.dataDirectory,
      ...words,
    });
  });
}

// `import <sector> <file...>`: record files into a sector, a receipt each.
import { join } from 'node:path';
import type { Command } from 'commander';
import type { ImportWords } from '../import-settings.ts';
import { withExamples, withSector, type OpenedSector, type VerbContext } from './verb.ts';

/** Adds the verb `import`. */
export function addImportVerb(program: Command, { setExitCode }: VerbContext): void {
  const verb = program
    .command('import')
    .description('imports record files into a sector: all good rows of a file or none')
    .argument('<sector>', 'name of the sector')
    .argument('<file...>', 'CSV, JSON Lines or XLSX; a folder of them; - for standard input')
    .option('--as <format>', 'name of the format, where the headings fit several')
    .option('--columns <file>', 'what the headings mean, where they are not those of the format')
    .option('--sheet <name>', 'sheet of a workbook, where several could be meant')
    .option(
      '--since <day>',
      'skip rows that are older: a day, an instant, or "last" for the last import',
    )
    .option('--reject-limit <limit>', 'keep a file out that has more refused rows: 100, or 2.5%')
    .option('--rejects <file>', 'where refused rows are written; default <DATA_DIR>/rejects/...')
    .option('--again', 'read files again that have been imported')
    .option('--dry-run', 'do all of it and take it back: say what would come in, write nothing')
    .option('--json', 'write the receipts as JSON, one a line')
    .action(async (name: string, files: readonly string[], words: ImportWords) => {
      setExitCode(await runImport(name, files, words));
    });
  withExamples(verb, [
    ['import tax ratings.csv', 'one file'],
    ['import tax deliveries/', 'all record files of a folder; what is in already is passed over'],
    ['import tax --dry-run --columns mapping.yaml export.xlsx', 'what an export would come to'],
    ['import tax - < ratings.jsonl', 'from another program'],
  ]);
}

async function runImport(
  name: string,
  files: readonly string[],
  words: ImportWords,
): Promise<number> {
  const [{ importCommand }, { prepareSector }] = await Promise.all([
    import('../import.ts'),
    import('../run-subgraph.ts'),
  ]);
  return withSector(name, async (opened) => {
    const { sector, databaseUrl, config, log } = opened;
    if (words.dryRun) await assertMigrated(opened);
    else await prepareSector(sector, databaseUrl, config, log);
    const { dataDirectory } = config;
    return importCommand({ sector, databaseUrl, files, dataDirectory, ...words });
  });
}

/**
 * A trial changes no table either.
 *
 * @throws Error where migrations wait
 */
export async function assertMigrated({ sector, databaseUrl }: OpenedSector): Promise<void> {
  const { migrationStatus } = await import('../../database/migrate.ts');
  const { pending } = await migrationStatus(databaseUrl, join(sector.directory, 'migrations'));
  if (pending.length === 0) return;
  throw new Error(
    `Migrations wait (${pending.join(', ')}), and a trial writes nothing: ` +
      `npm run sector -- migrate ${sector.name} applies them.`,
  );
}

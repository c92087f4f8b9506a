// `migrate <sector>`: the tables of a sector's database, as its owner, up or one step down, and what
// its readers may see of them.
import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { withExamples, withSector, type OpenedSector } from './verb.ts';

interface MigrateWords {
  readonly status?: boolean;
  readonly down?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds the verb `migrate`. */
export function addMigrateVerb(program: Command): void {
  const verb = program
    .command('migrate')
    .description('brings the database of a sector up to date, as its owner')
    .argument('<sector>', 'name of the sector')
    .option('--status', 'only say which migrations stand and which wait')
    .option('--down', 'take back the newest migration, with all that its tables hold')
    .option('--yes', 'with --down: also on a server of your own')
    .option('--json', 'write which migrations stand and which wait as JSON')
    .action((name: string, words: MigrateWords) => migrateVerb(name, words));
  withExamples(verb, [
    ['migrate tax', 'apply what waits; with nothing to do it says so'],
    ['migrate tax --status --json', 'for programs; changes nothing'],
    ['migrate tax --down', 'while you write a migration: take it back, mend it, migrate again'],
  ]);
}

async function migrateVerb(name: string, words: MigrateWords): Promise<void> {
  if (words.status && words.down) throw new UsageError('Say --status or --down, not both.');
  const { migrationStatus } = await import('../../database/migrate.ts');
  const { prepareSector } = await import('../run-subgraph.ts');
  await withSector(name, async (opened) => {
    const { sector, databaseUrl, config, log } = opened;
    const migrations = join(sector.directory, 'migrations');
    let down: string | null = null;
    if (words.down) down = await stepDown(opened, migrations, words.yes ?? false);
    else if (!words.status) await prepareSector(sector, databaseUrl, config, log);
    const { applied, pending } = await migrationStatus(databaseUrl, migrations);
    if (words.json) {
      process.stdout.write(`${JSON.stringify({ sector: name, applied, pending, down })}\n`);
      return;
    }
    for (const migration of applied) process.stdout.write(`applied  ${migration}\n`);
    for (const migration of pending) process.stdout.write(`waiting  ${migration}\n`);
    if (words.down && down === null) process.stdout.write('There was nothing to take back.\n');
  });
}

/** Drops tables with records in them: never in production, and elsewhere only where it is meant. */
async function stepDown(
  { sector, databaseUrl, isEmbedded, config }: OpenedSector,
  migrations: string,
  isMeant: boolean,
): Promise<string | null> {
  if (config.production) {
    throw new UsageError('--down drops records: with NODE_ENV=production it does nothing.');
  }
  if (!isEmbedded && !isMeant) {
    const variable = `DATABASE_URL_${sector.name.toUpperCase()}`;
    throw new UsageError(`--down drops records of the server in ${variable}: confirm with --yes.`);
  }
  const { migrateDownOne } = await import('../../database/migrate.ts');
  return migrateDownOne(databaseUrl, migrations);
}

// `migrate <sector>`: the database of a sector, as its owner, brought up to date.
import { join } from 'node:path';
import type { Command } from 'commander';
import { migrationStatus } from '../../database/migrate.ts';
import { prepareSector } from '../run-subgraph.ts';
import { withSector } from './verb.ts';

/** Adds the verb `migrate`. */
export function addMigrateVerb(program: Command): void {
  program
    .command('migrate')
    .description('brings the database of a sector up to date')
    .argument('<sector>', 'name of the sector')
    .option('--status', 'only say which migrations stand and which wait')
    .action(runMigrate);
}

async function runMigrate(name: string, words: { readonly status?: boolean }): Promise<void> {
  await withSector(name, async ({ sector, databaseUrl, config, log }) => {
    if (!words.status) await prepareSector(sector, databaseUrl, config, log);
    const { applied, pending } = await migrationStatus(
      databaseUrl,
      join(sector.directory, 'migrations'),
    );
    for (const migration of applied) process.stdout.write(`applied  ${migration}\n`);
    for (const migration of pending) process.stdout.write(`waiting  ${migration}\n`);
  });
}

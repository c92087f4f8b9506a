// Which migrations of a sector have been released, as the journal tells: a released one stands in
// databases that nobody can take it out of, and is never edited again.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOfText } from '../supergraph-text.ts';
import type { JournalEntry } from './journal.ts';

/** SHA-256 of migrations by file name, in the order of their names. */
export type MigrationHashes = Readonly<Record<string, string>>;

/** Tells the released migrations of a sector; null where it was never published by the journal. */
export function releasedMigrations(
  journal: readonly JournalEntry[],
  sector: string,
): MigrationHashes | null {
  const entries = journal.filter((entry) => entry.kind === 'published' && entry.sector === sector);
  if (entries.length === 0) return null;
  // A rollback takes no migration back.
  const all = Object.assign({}, ...entries.map((entry) => entry.migrations)) as MigrationHashes;
  return sorted(Object.entries(all));
}

/** Reads the migrations that stand in a folder; none where there is no folder. */
export async function readMigrationHashes(folder: string): Promise<MigrationHashes> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return sorted(
    await Promise.all(
      files.map(
        async (name) => [name, hashOfText(await readFile(join(folder, name), 'utf8'))] as const,
      ),
    ),
  );
}

function sorted(entries: readonly (readonly [string, string])[]): MigrationHashes {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

// The field `<sector>Status` that the kit gives every sector: what it holds, and how current that is.
import { statusFieldOf } from '../composition/sector-schema.ts';
import { countRecords, readLastImport, type RecordTypeCounts } from '../database/sector-status.ts';
import type { RecordTable } from '../database/record-table.ts';
import type { Resolver, Resolvers } from './resolver.ts';

/**
 * Makes the resolver of a sector's status. What is counted is what the caller may see at large; the
 * last import is told of all files, through a reader of class GOVERNMENT or above.
 */
export function sectorStatus(name: string, tables: readonly RecordTable[]): Resolvers {
  const resolve: Resolver<unknown> = (_source, _args, { reads, classes, viewer }) => {
    const { atLarge: authority, today } = viewer;
    const reader = reads.through(authority);
    let counts: Promise<readonly RecordTypeCounts[]> | undefined;
    const counted = (): Promise<readonly RecordTypeCounts[]> =>
      (counts ??= countRecords({ reader, classes, authority, today }, tables));
    return {
      records: counted,
      lastImportAt: () => readLastImport(reader),
      oldestRetrievedAt: async () => earliest(await counted(), 'oldestRetrievedAt'),
      nextDisplayDeadline: async () => earliest(await counted(), 'nextDisplayDeadline'),
    };
  };
  return { Query: { [statusFieldOf(name)]: resolve } };
}

function earliest(
  counts: readonly RecordTypeCounts[],
  name: 'oldestRetrievedAt' | 'nextDisplayDeadline',
): string | null {
  const values = counts.map((count) => count[name]).filter((value) => value !== null);
  return values.sort()[0] ?? null;
}

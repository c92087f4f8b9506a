// The change feed of a sector: one root field over all of its record types.
import { readChanges } from '../database/change-feed.ts';
import type { RecordTable } from '../database/record-table.ts';
import { assertPageSize } from './connection.ts';
import type { Resolver } from './resolver.ts';

interface ChangesArgs {
  readonly first: number;
  readonly after?: string | null;
}

/** Resolves `<sector>Changes(first, after)`: what has changed since a cursor, oldest first. */
export function changes(tables: readonly RecordTable[]): Resolver<unknown, ChangesArgs> {
  return async (_source, { first, after }, context) => {
    assertPageSize(first);
    const found = await readChanges(context, tables, first, after ?? null);
    const page = found.slice(0, first);
    return {
      nodes: page.map(({ record, previous }) => ({
        kind: previous === null ? 'ADDED' : 'CHANGED',
        occurredOn: (record['source'] as { readonly decidedOn: unknown }).decidedOn,
        recordedAt: record['recordedAt'],
        record,
        previous,
      })),
      endCursor: page.at(-1)?.cursor ?? after ?? null,
      hasNextPage: found.length > first,
    };
  };
}

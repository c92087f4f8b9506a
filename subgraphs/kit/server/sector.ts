// What a sector hands to the kit: the one object that its `sector.ts` exports.
import type { PoolClient } from 'pg';
import type { SearchTable } from '../database/access-definition.ts';
import type { RecordTable } from '../database/record-table.ts';
import type { RecordFile } from '../ingestion/record-file.ts';
import type { SampleSource } from '../samples/sample-file.ts';
import type { Resolvers } from './resolver.ts';

/** A sector: its folder, its tables, its file formats and its resolvers. */
export interface Sector {
  /** Name in supergraph.yaml: lower-case letters and digits. */
  readonly name: string;
  /** Absolute folder with `schema.graphql`, `migrations/` and `samples/`. */
  readonly directory: string;
  readonly tables: readonly RecordTable[];
  /** Tables that are searched, beside those of records; without row security. */
  readonly searchTables?: readonly SearchTable[];
  /** File formats that the sector imports. */
  readonly files: readonly RecordFile[];
  readonly resolvers: Resolvers;
  /** Makes the sector's synthetic record files. */
  readonly samples?: SampleSource;
  /** Keeps derived tables in step; runs in the transaction that merges a batch. */
  readonly afterMerge?: (client: PoolClient, batchId: string) => Promise<void>;
}

/** Names the export of a `sector.ts`, by which the kit finds a sector at run time. */
export interface SectorModule {
  readonly sector: Sector;
}

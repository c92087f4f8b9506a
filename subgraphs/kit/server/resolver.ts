// The shapes of resolvers in a sector: plain functions over one request's context.
import type { GraphQLResolveInfo } from 'graphql';
import type { FieldClasses } from '../authority/labels.ts';
import type { Viewer } from '../authority/viewer.ts';
import type { RecordLoader } from '../database/record-loader.ts';
import type { RequestReads } from '../database/request-reads.ts';
import type { Logger } from '../log.ts';

/** What the resolvers of one request share. It ends with the request. */
export interface SectorContext {
  /** Who asks, as far as records are concerned. */
  readonly viewer: Viewer;
  readonly records: RecordLoader;
  /**
   * The ways into the sector's own database, for statements of its own: each goes through the authority
   * it was made for, and names the columns and rows that this authority sees. `coverage` rests on it.
   */
  readonly reads: RequestReads;
  readonly classes: FieldClasses;
  readonly now: Date;
  readonly requestId: string;
  readonly log: Logger;
  /** Holds what a sector loads besides records, one instance a request. */
  readonly memo: Map<string, unknown>;
}

/** Resolves one field. */
export type Resolver<Source = never, Args = never> = (
  source: Source,
  args: Args,
  context: SectorContext,
  info: GraphQLResolveInfo,
) => unknown;

/** Type name to field name to resolver; a field without one is read from its object by name. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

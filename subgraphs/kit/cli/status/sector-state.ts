// What `status` finds out about one sector, as it is written with --json.

/** One record type of a sector, counted by the owner: whoever may see it. */
export interface RecordTypeState {
  readonly type: string;
  /** Records, each counted once, as it stands now. */
  readonly current: number;
  /** All versions that are kept, those included. */
  readonly versions: number;
  /** Whether the table is so large that both are what the planner expects. */
  readonly isEstimate: boolean;
}

/** The last file that came in by one format. */
export interface ImportState {
  readonly format: string;
  readonly fileName: string;
  /** Instant at which its records became visible. */
  readonly at: string;
  readonly read: number;
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** How displays of records end. Records whose display is over are held back by themselves. */
export interface DisplayState {
  /** Standing records whose display is over. */
  readonly ended: number;
  /** The longest ago that one of them ended, ISO date; null where none did, or it is not known. */
  readonly endedFirstOn: string | null;
  /** The next last day of a display, ISO date. */
  readonly nextEndsOn: string | null;
  /** Records whose deletion is due, versions included: shown to nobody, and still kept. */
  readonly deletionDue: number;
  /** Whether some table is so large that the counts and days are what the planner knows. */
  readonly isEstimate: boolean;
}

/** A database that can be read. */
export interface OpenDatabaseState {
  readonly kind: 'open';
  readonly migrationsPending: readonly string[];
  /** Migrations that were applied and are not in the folder any more. */
  readonly migrationsUnknown: readonly string[];
  /** Whether its readers are granted what the labels say, and nothing has touched that since. */
  readonly readersCurrent: boolean;
  /** Empty where the tables are not there yet. */
  readonly records: readonly RecordTypeState[];
  readonly imports: readonly ImportState[];
  readonly batchesWithdrawn: number;
  readonly display: DisplayState;
}

/** The database of a sector: open, not there yet, or in some way out of reach. */
export type DatabaseState =
  | OpenDatabaseState
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** The process of a sector, as it answers at its address. */
export type SubgraphState =
  | { readonly kind: 'not running'; readonly address: string }
  | {
      readonly kind: 'running';
      readonly address: string;
      readonly isReady: boolean;
      /** Whether it answers the schema of the working tree; null where it did not say. */
      readonly servesWorkingTree: boolean | null;
    };

/** The schema of a sector: hashes of its definitions, hexadecimal. */
export interface SchemaState {
  readonly workingTree: string;
  /** Null where the published graph does not have it, or does not say. */
  readonly published: string | null;
}

/** Everything about one sector. */
export interface SectorState {
  readonly sector: string;
  readonly schema: SchemaState;
  readonly subgraph: SubgraphState;
  readonly database: DatabaseState;
}

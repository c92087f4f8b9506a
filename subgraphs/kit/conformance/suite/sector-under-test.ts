// A sector as the suite sees it: an address, keys that it trusts, and, where the suite can reach them,
// its clock, its database and what it sends there.
import type { SuiteKeys } from './suite-keys.ts';

/** Sessions of a sector with its database. */
export interface SectorConnections {
  readonly open: number;
  /** Those in the middle of a statement or a transaction. */
  readonly busy: number;
}

/**
 * A sector under test. What is optional makes more of the suite possible; without it the report says
 * what was not looked at.
 */
export interface SectorUnderTest {
  /** Its name in supergraph.yaml. */
  readonly name: string;
  /** Where it answers GraphQL. */
  readonly url: string;
  /** The keys in the place of the gateway's; the sector reads them at their address. */
  readonly keys: SuiteKeys;
  /** Credit codes of subjects that it may have records of, at least one. */
  readonly subjects: readonly string[];
  /** The clock of its records. */
  readonly now: () => Date;
  /** How long the sector may wait before it looks for a key that it does not know, milliseconds. */
  readonly keyPatienceMs: number;
  /** Requests that are sent at once to see how it bears load. */
  readonly parallelRequests: number;
  /** Moves the clock of its records. */
  readonly moveClock?: (to: Date) => Promise<void>;
  /** Counts the statements that it has sent to its database since the last call. */
  readonly statements?: () => number;
  /** Takes its database away, and gives it back. */
  readonly outage?: { readonly begin: () => Promise<void>; readonly end: () => Promise<void> };
  readonly connections?: () => Promise<SectorConnections>;
  /** Leaves its readers fewer connections than there are of them, and gives them back. */
  readonly scarcity?: { readonly begin: () => void; readonly end: () => void };
  /** Tells what its database lets readers do beyond what the labels allow, or less. */
  readonly readerRights?: () => Promise<readonly string[]>;
}

// Records which operations are asked, off the path of requests: counts are written every few seconds and
// at the end. A failure to write is logged, and the counts wait for the next time.
import { setTimeout as sleep } from 'node:timers/promises';
import { OTHER_OPERATIONS } from '../../subgraphs/kit/composition/recorded-operations.ts';
import { openPool } from '../../subgraphs/kit/database/pool.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import { legalDay } from '../../subgraphs/kit/values/legal-day.ts';
import type { UsageConfig } from '../config.ts';
import { addCount, asOther, OperationCounts, type AskedOperation } from './operation-counts.ts';
import { usageStore, type OperationCount, type UsageStore } from './usage-store.ts';

/** The recording of operations. */
export interface Usage {
  /** Counts an operation that is valid and allowed. Never throws and never waits. */
  readonly record: (asked: AskedOperation) => void;
  /** Writes what has been counted; may be called twice. */
  readonly close: () => Promise<void>;
}

/** What the recording needs. */
export interface UsageOptions {
  /** Null records nothing. */
  readonly databaseUrl: string | null;
  readonly config: UsageConfig;
  readonly log: Logger;
  readonly now?: () => Date;
  /** Pause between two writings, milliseconds. Default 5,000. */
  readonly pauseMs?: number;
  /** Operations of one day that are kept apart. Default 2,000. */
  readonly operationsMax?: number;
}

const PAUSE_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 5_000;
const OPERATIONS_A_DAY_MAX = 2_000;
const DOCUMENTS_MAX = 1_000;
const TEXT_CHARACTERS_MAX = 10_000;
/** Counts that wait at most, for each operation of a day: one a tier. */
const KEPT_AN_OPERATION_MAX = 4;
const DAY_MS = 86_400_000;

/** Opens the recording into the gateway's database, which is up to date. */
export function openUsage(options: UsageOptions): Usage {
  const { databaseUrl, config, log } = options;
  if (databaseUrl === null || !config.isOn) {
    return { record: () => undefined, close: () => Promise.resolve() };
  }
  const pool = openPool(databaseUrl, {
    name: 'gateway usage',
    connectionsMax: 1,
    readOnly: false,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    onIdleError: (error) => {
      log.warn({ err: error }, 'an idle connection to the database broke');
    },
  });
  const writer = new UsageWriter(usageStore(pool), options);
  const counts = new OperationCounts({
    documentsMax: DOCUMENTS_MAX,
    textCharactersMax: TEXT_CHARACTERS_MAX,
  });
  const now = options.now ?? ((): Date => new Date());
  const write = async (): Promise<void> => {
    try {
      await writer.write(await counts.take(), now());
    } catch (error) {
      log.warn({ err: error }, 'the recorded operations could not be written; they are kept');
    }
  };
  const stopping = new AbortController();
  const { signal } = stopping;
  const working = (async () => {
    while (!signal.aborted) {
      await write();
      // Waiting ends early at the end, which is no failure; unref: it holds no process open.
      await sleep(options.pauseMs ?? PAUSE_MS, undefined, { signal, ref: false }).catch(() => null);
    }
    // The last one, too, where the end came while another was under way.
    await write();
    await pool.end();
  })();
  return {
    record: (asked) => {
      counts.count(asked, legalDay(now()));
    },
    close: () => {
      stopping.abort();
      return working;
    },
  };
}

/** Writes counts within the bounds of a day, and once a day takes out what is older than is kept. */
class UsageWriter {
  readonly #store: UsageStore;
  readonly #daysKept: number;
  readonly #operationsMax: number;
  /** What could not be written yet. */
  #kept = new Map<string, OperationCount>();
  /** The operations that are kept apart, by day: of today, and about midnight of yesterday. */
  readonly #ofDay = new Map<string, Set<string>>();
  #droppedOn = '';

  constructor(store: UsageStore, { config, operationsMax }: UsageOptions) {
    this.#store = store;
    this.#daysKept = config.days;
    this.#operationsMax = operationsMax ?? OPERATIONS_A_DAY_MAX;
  }

  async write(counts: readonly OperationCount[], now: Date): Promise<void> {
    for (const count of counts) {
      // A database that is away for long must not fill the memory of this process.
      const isBeyond = this.#kept.size >= this.#operationsMax * KEPT_AN_OPERATION_MAX;
      addCount(this.#kept, isBeyond ? asOther(count) : count);
    }
    if (this.#kept.size === 0) return;
    const bounded = new Map<string, OperationCount>();
    for (const count of this.#kept.values()) addCount(bounded, await this.#bound(count));
    // Within the bounds from here on, however often it has to be tried again.
    this.#kept = bounded;
    await this.#store.add([...bounded.values()]);
    this.#kept = new Map();
    await this.#dropOld(now);
  }

  async #bound(count: OperationCount): Promise<OperationCount> {
    let known = this.#ofDay.get(count.day);
    if (!known) {
      known = new Set(await this.#store.hashesOn(count.day, this.#operationsMax));
      this.#ofDay.set(count.day, known);
    }
    if (known.has(count.hash) || count.hash === OTHER_OPERATIONS) return count;
    if (known.size >= this.#operationsMax) return asOther(count);
    known.add(count.hash);
    return count;
  }

  async #dropOld(now: Date): Promise<void> {
    const today = legalDay(now);
    if (this.#droppedOn === today) return;
    await this.#store.dropBefore(legalDay(new Date(now.getTime() - this.#daysKept * DAY_MS)));
    this.#droppedOn = today;
    for (const day of this.#ofDay.keys()) if (day < today) this.#ofDay.delete(day);
  }
}

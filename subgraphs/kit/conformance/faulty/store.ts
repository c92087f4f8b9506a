// The database of the faulty sector: records in memory behind a wait, statements that are counted,
// sessions that are taken and given back, and an end of all that.
import type { Fault } from './faults.ts';
import { RECORDS, type CustomsRecord } from './records.ts';

/** The database. */
export interface Store {
  /** Reads the records of subjects, of all where none are named: one statement. */
  readonly read: (
    type: CustomsRecord['type'],
    codes: readonly string[] | null,
  ) => Promise<readonly CustomsRecord[]>;
  readonly ping: () => Promise<void>;
  readonly statements: () => number;
  readonly connections: () => { readonly open: number; readonly busy: number };
  readonly setGone: (isGone: boolean) => void;
}

const SESSIONS = 4;

/** Opens the database with a fault or without. */
export function openStore(fault: Fault | null): Store {
  let statements = 0;
  let isGone = false;
  let open = 0;
  let busy = 0;
  async function run<T>(work: () => T): Promise<T> {
    statements += 1;
    busy += 1;
    open = fault === 'connections that are kept' ? open + 1 : SESSIONS;
    await new Promise((resolve) => setImmediate(resolve));
    if (fault !== 'transactions that are not ended') busy -= 1;
    if (isGone) throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
    return work();
  }
  return {
    read: (type, codes) =>
      run(() => RECORDS.filter((of) => of.type === type && (codes?.includes(of.code) ?? true))),
    ping: () => run(() => undefined),
    statements() {
      const since = statements;
      statements = 0;
      return since;
    },
    connections: () => ({ open, busy: Math.max(0, busy) }),
    setGone(value) {
      isGone = value;
    },
  };
}

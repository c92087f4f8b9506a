// What an item of the suite is, and what it says: what does not conform and what to do about it, what
// it has looked at, and what it could not look at.
import type { Probe } from './probe.ts';

/** Something that does not conform. */
export interface Finding {
  /** What was seen, with as whom and where. */
  readonly what: string;
  /** What the sector's team has to do. */
  readonly remedy: string;
}

/** Where an item writes down what it sees. */
export interface Notes {
  /** Something does not conform. */
  readonly finding: (what: string, remedy: string) => void;
  /** Something was looked at: without one an item has not passed. */
  readonly looked: (what: string) => void;
  /** Something could not be looked at, and what it would need. */
  readonly notLooked: (what: string) => void;
}

/** An item of the suite. */
export interface ConformanceItem {
  /** A word, for reports that programs read. */
  readonly id: string;
  /** What holds where the item passes, as a fact. */
  readonly title: string;
  readonly check: (probe: Probe, notes: Notes) => Promise<void>;
}

/** What came of an item: NOT_LOOKED_AT is neither good nor bad. */
export type ItemOutcome = 'PASSED' | 'FAILED' | 'NOT_LOOKED_AT';

/** The report of an item. */
export interface ItemReport {
  readonly id: string;
  readonly title: string;
  readonly outcome: ItemOutcome;
  readonly findings: readonly Finding[];
  /** Findings beyond those that are told. */
  readonly findingsLeftOut: number;
  readonly looked: readonly string[];
  readonly notLooked: readonly string[];
}

/** Findings that are told of an item: a fault of the first record is often one of all records. */
const FINDINGS_MAX = 8;

/** Runs one item. What it throws is a finding: a sector that does not answer does not conform. */
export async function runItem(item: ConformanceItem, probe: Probe): Promise<ItemReport> {
  const findings: Finding[] = [];
  const known = new Set<string>();
  let findingsLeftOut = 0;
  const looked: string[] = [];
  const notLooked: string[] = [];
  const finding = (what: string, remedy: string): void => {
    if (known.has(what)) return;
    known.add(what);
    if (findings.length < FINDINGS_MAX) findings.push({ what, remedy });
    else findingsLeftOut += 1;
  };
  try {
    await item.check(probe, {
      finding,
      looked: (what) => looked.push(what),
      notLooked: (what) => notLooked.push(what),
    });
  } catch (error) {
    finding(
      `The item ended early: ${error instanceof Error ? error.message : String(error)}`,
      'See that the sector answers at its address, and ask again; its log says what it met.',
    );
  }
  const outcome = findings.length > 0 ? 'FAILED' : looked.length > 0 ? 'PASSED' : 'NOT_LOOKED_AT';
  const { id, title } = item;
  return { id, title, outcome, findings, findingsLeftOut, looked, notLooked };
}

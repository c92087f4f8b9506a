// What a workload found out: tables of figures and the goals they are held against.

/** The figures of one workload. */
export interface Figures {
  /** What was measured and how, in sentences. */
  readonly setting: readonly string[];
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
}

/** A table; numbers are written with as many digits as say something. */
export interface Table {
  readonly title: string;
  /** Names with their units; the first names the rows. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** One cell: a figure, a word, or nothing. */
export type Cell = number | string | null;

/** A figure with the most or the least that it is meant to be. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly limit: number;
  readonly kind: 'at most' | 'at least';
}

/** Tells whether a goal is met. */
export function isMet({ measured, limit, kind }: Goal): boolean {
  return kind === 'at most' ? measured <= limit : measured >= limit;
}

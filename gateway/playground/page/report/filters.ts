// Which records of a report are shown.
import { isDisputed, type ReportRecord } from './read-records.ts';

/** What is chosen; an empty text chooses all. */
export interface Filters {
  readonly sector: string;
  readonly type: string;
  readonly class: string;
  readonly year: string;
  readonly disputed: boolean;
}

/** The filters that each hold one text. */
export const CHOICES = ['sector', 'type', 'class', 'year'] as const;

/** One of {@link CHOICES}. */
export type Choice = (typeof CHOICES)[number];

/** Chooses everything. */
export const NO_FILTERS: Filters = { sector: '', type: '', class: '', year: '', disputed: false };

/** Tells whether a record fits the filters. */
export function fits(record: ReportRecord, filters: Filters): boolean {
  if (filters.disputed && !isDisputed(record)) return false;
  return CHOICES.every(
    (choice) => filters[choice] === '' || filters[choice] === of(record, choice),
  );
}

/** The values that records have of a choice, each once, in order; years newest first. */
export function valuesOf(records: readonly ReportRecord[], choice: Choice): readonly string[] {
  const values = new Set<string>();
  for (const record of records) {
    const value = of(record, choice);
    if (value !== '') values.add(value);
  }
  const sorted = [...values].sort();
  return choice === 'year' ? sorted.reverse() : sorted;
}

function of(record: ReportRecord, choice: Choice): string {
  const value = record[choice];
  return value === null ? '' : String(value);
}

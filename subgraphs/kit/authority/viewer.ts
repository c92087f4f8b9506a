// What a sector needs to know of the caller to read records: which classes it may see, and the day.
import type { DisclosureClass } from './disclosure-class.ts';

/** The reading rights of one request. */
export interface Viewer {
  /** Classes of fields and rows that the caller may see. */
  readonly classes: readonly DisclosureClass[];
  /** The legal day of the request, ISO date: clocks are compared with it. */
  readonly today: string;
}

/** The rights of a caller without a credential: PUBLIC only. */
export function anonymousViewer(today: string): Viewer {
  return { classes: ['PUBLIC'], today };
}

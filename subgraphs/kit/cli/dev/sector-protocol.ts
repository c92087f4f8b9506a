// What `dev` and a run of a sector's code say to each other.
import type { SentError } from './code-problem.ts';

/** What a run is told. */
export type ChildOrder =
  | { readonly kind: 'prepare'; readonly sector: string; readonly withSamples: boolean }
  | { readonly kind: 'listen'; readonly port: number }
  /** It ends what is under way, and itself. */
  | { readonly kind: 'stop' };

/** What a run answers: once that it waits for its first order, then one answer for each. */
export type ChildAnswer =
  | { readonly kind: 'waiting' | 'prepared' | 'listening' }
  | { readonly kind: 'failed'; readonly error: SentError };

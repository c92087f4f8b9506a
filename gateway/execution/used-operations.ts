// Which operations are asked most, by what of them is executed: what a new supergraph prepares before
// it serves. It holds texts and callers, never the values of variables.
import { LRUCache } from 'lru-cache';
import type { Executable } from './operations.ts';

/** An operation as it was asked. */
export interface UsedOperation<Caller> {
  readonly text: string;
  /** Null for the only operation of a text. */
  readonly name: string | null;
  /** One of those who asked it. */
  readonly caller: Caller;
}

const OPERATIONS_MAX = 1_000;

/** Counts the operations of one generation; those not asked for longest are forgotten first. */
export class UsedOperations<Caller> {
  readonly #used = new LRUCache<Executable, { readonly one: UsedOperation<Caller>; count: number }>(
    { max: OPERATIONS_MAX },
  );

  /** Counts one request. */
  count(executable: Executable, one: UsedOperation<Caller>): void {
    const used = this.#used.get(executable);
    if (used) used.count += 1;
    else this.#used.set(executable, { one, count: 1 });
  }

  /** Lists the operations asked most, at most so many, most first. */
  most(max: number): readonly UsedOperation<Caller>[] {
    return [...this.#used.values()]
      .sort((a, b) => b.count - a.count)
      .slice(0, max)
      .map(({ one }) => one);
  }
}

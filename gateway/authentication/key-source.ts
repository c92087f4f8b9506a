// The keys of one issuer, kept current: read again in the background before they are too old, and at
// once for a key that is not known, though never more often than the source can bear.
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Logger } from '../../subgraphs/kit/log.ts';

/** Keys as they were read once; another object as soon as anything of them has changed. */
export interface KeySet {
  readonly keyOf: JWTVerifyGetKey;
}

/** How often keys are read, milliseconds. */
export interface KeySourceTimes {
  /** Older keys are read again in the background. */
  readonly refreshAfterMs: number;
  /** Older keys are trusted no more: a key that was withdrawn ends by then. */
  readonly maxAgeMs: number;
  /** Shortest time between two reads for the sake of unknown keys. */
  readonly cooldownMs: number;
  /** Shortest time after a read that failed. */
  readonly retryAfterMs: number;
  /** Longest wait for one read. */
  readonly deadlineMs: number;
}

/** The keys of an issuer. */
export interface KeySource {
  /** Gives the keys if they are fresh enough; sees to it that they are read again in time. */
  readonly peek: () => KeySet | null;
  /** @throws KeysUnavailableError when there are none that are fresh enough */
  readonly keys: () => Promise<KeySet>;
  /**
   * Gives keys other than these, for a token whose key is not among them; null where there are none.
   *
   * @throws KeysUnavailableError when that cannot be known
   */
  readonly otherThan: (known: KeySet) => Promise<KeySet | null>;
  /** Breaks off what is being read. */
  readonly close: () => Promise<void>;
}

/** The keys of an issuer cannot be read; the reason stands in the log. */
export class KeysUnavailableError extends Error {
  constructor() {
    super('the keys of an issuer cannot be read');
    this.name = 'KeysUnavailableError';
  }
}

/** What a source is made of. */
export interface KeySourceParts {
  readonly read: (signal: AbortSignal) => Promise<JSONWebKeySet>;
  readonly times: KeySourceTimes;
  /** With the name of the issuer in it. */
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Makes the source of one issuer's keys; nothing is read before the first question. */
export function createKeySource({ read, times, log, now }: KeySourceParts): KeySource {
  const closing = new AbortController();
  let known: KeySet | null = null;
  let text = '';
  let readAt = -Infinity;
  let triedAt = -Infinity;
  let hasFailed = false;
  let pending: Promise<void> | null = null;

  async function attempt(): Promise<void> {
    triedAt = now();
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort(new Error(`no key set within ${times.deadlineMs} ms`));
    }, times.deadlineMs);
    try {
      const set = await read(AbortSignal.any([closing.signal, deadline.signal]));
      const newText = JSON.stringify(set);
      if (known === null || newText !== text) {
        known = { keyOf: createLocalJWKSet(set) };
        text = newText;
      }
      readAt = triedAt;
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      if (!closing.signal.aborted) log.warn({ err: error }, 'the keys of an issuer were not read');
    } finally {
      clearTimeout(timer);
    }
  }

  function begin(): void {
    pending ??= attempt().finally(() => {
      pending = null;
    });
  }

  const mayTry = (pauseMs: number): boolean =>
    !closing.signal.aborted && now() - triedAt >= (hasFailed ? times.retryAfterMs : pauseMs);
  const fresh = (): KeySet | null => (now() - readAt <= times.maxAgeMs ? known : null);

  function peek(): KeySet | null {
    if (now() - readAt > times.refreshAfterMs && mayTry(times.cooldownMs)) begin();
    return fresh();
  }

  return {
    peek,
    async keys() {
      const first = peek();
      if (first) return first;
      if (pending === null && mayTry(0)) begin();
      await pending;
      const set = fresh();
      if (!set) throw new KeysUnavailableError();
      return set;
    },
    async otherThan(set) {
      if (known === set) {
        if (pending === null && mayTry(times.cooldownMs)) begin();
        await pending;
      }
      if (known !== set) return known;
      if (hasFailed) throw new KeysUnavailableError();
      return null;
    },
    async close() {
      closing.abort(new Error('the gateway stops'));
      await pending;
    },
  };
}

// Which key signs, and which keys are published, as the file of the keys changes. A key is published
// before it signs and after it has signed for the last time, so that whoever verifies knows every key
// that it meets. No I/O and no clock of its own.
import type { JWK } from 'jose';
import { ENVELOPE_LIFETIME_S } from '../../subgraphs/kit/authority/envelope.ts';
import type { SigningPair } from './signing-keys.ts';

/** Twice the life of an envelope: the clocks of two machines differ, and answers are kept a while. */
const RETENTION_MS = 2 * ENVELOPE_LIFETIME_S * 1000;

interface Entry {
  readonly pair: SigningPair;
  readonly publishedAtMs: number;
  /** Place in the file; null once it is not in it any more. */
  place: number | null;
  /** When it was last of use: in the file, or signing. */
  usedAtMs: number;
}

/** The keys of a gateway over time. All instants are milliseconds since 1970. */
export interface KeySchedule {
  /**
   * Takes over what the file holds now.
   *
   * @throws Error when a known key id stands for another key; nothing is taken over then
   */
  readonly update: (pairs: readonly SigningPair[], now: number) => void;
  /**
   * Gives the key that signs: the last of the file that has been published long enough; where there
   * is none, the one that has signed so far, at first the first of the file.
   */
  readonly signer: (now: number) => SigningPair;
  /** Public halves: of the file, and of keys that have left it lately. */
  readonly published: (now: number) => readonly JWK[];
}

/**
 * Makes a schedule.
 *
 * @param delayMs how long a key is published before it signs
 */
export function createKeySchedule(
  pairs: readonly SigningPair[],
  delayMs: number,
  startedAt: number,
): KeySchedule {
  const entries = new Map<string, Entry>();
  let current: Entry | null = null;

  function update(fileKeys: readonly SigningPair[], now: number): void {
    const changed = fileKeys.find(({ id, publicJwk }) => {
      const known = entries.get(id);
      return known !== undefined && known.pair.publicJwk.x !== publicJwk.x;
    });
    // Whoever verifies knows keys by their id: under an old id the new key would be refused.
    if (changed) throw new Error(`the key id ${changed.id} stands for another key than before`);
    for (const entry of entries.values()) {
      if (entry.place !== null) entry.usedAtMs = now;
      entry.place = null;
    }
    fileKeys.forEach((pair, place) => {
      const known = entries.get(pair.id);
      if (known) known.place = place;
      else entries.set(pair.id, { pair, publishedAtMs: now, place, usedAtMs: now });
    });
  }

  function signer(now: number): SigningPair {
    const ofFile = [...entries.values()]
      .filter(({ place }) => place !== null)
      .sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
    const ripe = ofFile.filter(({ publishedAtMs }) => now - publishedAtMs >= delayMs);
    current = ripe.at(-1) ?? current ?? ofFile[0] ?? null;
    if (!current) throw new Error('there is no key that signs envelopes');
    current.usedAtMs = now;
    return current.pair;
  }

  function published(now: number): readonly JWK[] {
    for (const [id, entry] of entries) {
      const isOver = entry.place === null && now - entry.usedAtMs > RETENTION_MS;
      // The one that signs stays, however long nobody has asked for a signature.
      if (isOver && entry !== current) entries.delete(id);
    }
    return [...entries.values()].map(({ pair }) => pair.publicJwk);
  }

  update(pairs, startedAt);
  return { update, signer, published };
}

// Which key signs and which are published, over hours that pass in a loop.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateSigningJwk } from '../../subgraphs/kit/authority/key-file.ts';
import { ENVELOPE_LIFETIME_S } from '../../subgraphs/kit/authority/envelope.ts';
import { createKeySchedule } from './key-schedule.ts';
import { readSigningKeys, type SigningPair } from './signing-keys.ts';

const DELAY_MS = 45_000;
const START = Date.parse('2026-11-25T08:00:00Z');

async function makePairs(count: number): Promise<readonly SigningPair[]> {
  const keys = await Promise.all(Array.from({ length: count }, generateSigningJwk));
  return readSigningKeys(JSON.stringify({ keys }));
}

const pairs = await makePairs(8);
const [a, b, c] = pairs as readonly [SigningPair, SigningPair, SigningPair];
const idsOf = (keys: readonly { readonly kid?: string }[]): unknown[] => keys.map(({ kid }) => kid);

test('signs with the only key at once', () => {
  const schedule = createKeySchedule([a], DELAY_MS, START);
  assert.equal(schedule.signer(START).id, a.id);
  assert.deepEqual(schedule.published(START), [a.publicJwk]);
});

test('publishes a new key at once, and signs with it after the delay', () => {
  const schedule = createKeySchedule([a], DELAY_MS, START);
  schedule.update([a, b], START + 1_000);
  assert.deepEqual(idsOf(schedule.published(START + 1_000)), [a.id, b.id]);
  assert.equal(schedule.signer(START + 1_000 + DELAY_MS - 1).id, a.id);
  assert.equal(schedule.signer(START + 1_000 + DELAY_MS).id, b.id);
});

test('goes on signing with a key that was exchanged, until the new one may sign', () => {
  const schedule = createKeySchedule([a], DELAY_MS, START);
  assert.equal(schedule.signer(START).id, a.id);
  schedule.update([b], START + 1_000);
  const last = START + 1_000 + DELAY_MS - 1;
  assert.equal(schedule.signer(last).id, a.id);
  assert.equal(schedule.signer(last + 1).id, b.id);
  // From its last signature it stays published for twice the life of an envelope, and no longer.
  const lifeMs = ENVELOPE_LIFETIME_S * 1000;
  assert.deepEqual(idsOf(schedule.published(last + 2 * lifeMs)), [a.id, b.id]);
  assert.deepEqual(idsOf(schedule.published(last + 2 * lifeMs + 1)), [b.id]);
});

test('starts with the first of several keys, since nobody has seen the others yet', () => {
  const schedule = createKeySchedule([a, b], DELAY_MS, START);
  assert.equal(schedule.signer(START).id, a.id);
  assert.equal(schedule.signer(START + DELAY_MS).id, b.id);
});

test('goes back to the key before when the last is taken out', () => {
  const schedule = createKeySchedule([a, b], DELAY_MS, START);
  assert.equal(schedule.signer(START + DELAY_MS).id, b.id);
  schedule.update([a], START + DELAY_MS + 1);
  assert.equal(schedule.signer(START + DELAY_MS + 1).id, a.id);
});

test('takes a key again that had left the file', () => {
  const schedule = createKeySchedule([a, b], DELAY_MS, START);
  schedule.update([a], START + 1_000);
  schedule.update([a, b], START + 2_000);
  const later = START + 24 * 3_600_000;
  assert.deepEqual(idsOf(schedule.published(later)), [a.id, b.id]);
  assert.equal(schedule.signer(later).id, b.id);
});

test('keeps the key that signs though it has left the file and nobody asks for long', () => {
  const schedule = createKeySchedule([a], DELAY_MS, START);
  schedule.signer(START);
  schedule.update([b], START + 1_000);
  assert.deepEqual(idsOf(schedule.published(START + 24 * 3_600_000)), [a.id, b.id]);
});

test('refuses another key under a known id, and keeps what it had', () => {
  const schedule = createKeySchedule([a], DELAY_MS, START);
  const other = { ...b, id: a.id, publicJwk: { ...b.publicJwk, kid: a.id } };
  assert.throws(() => {
    schedule.update([other, c], START + 1);
  }, /stands for another key/);
  assert.deepEqual(schedule.published(START + 1), [a.publicJwk]);
});

/**
 * One who verifies, as the documentation asks of it: it keeps the keys, and fetches them for a key that
 * it does not know, at most every thirty seconds.
 */
function createVerifier(fetch: (now: number) => readonly string[]): {
  readonly knows: (kid: string, now: number) => boolean;
} {
  let known: readonly string[] = [];
  let fetchedAt = -Infinity;
  return {
    knows(kid, now) {
      if (!known.includes(kid) && now - fetchedAt >= 30_000) {
        known = fetch(now);
        fetchedAt = now;
      }
      return known.includes(kid);
    },
  };
}

test('no envelope meets a verifier that cannot know its key, however the file changes', () => {
  for (let seed = 1; seed <= 40; seed++) {
    let state = seed;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const schedule = createKeySchedule([a], DELAY_MS, START);
    const fetch = (now: number): readonly string[] =>
      schedule.published(now).map(({ kid }) => String(kid));
    const busy = createVerifier(fetch);
    let file: readonly SigningPair[] = [a];
    let live: { readonly kid: string; readonly signedAt: number }[] = [];
    for (let now = START; now < START + 3_600_000; now += 1_000) {
      if (random(60) === 0) {
        file = [...file, pairs[random(pairs.length)] ?? a]
          .filter((pair, at, all) => all.findIndex(({ id }) => id === pair.id) === at)
          .filter((_, at, all) => all.length === 1 || at === all.length - 1 || random(2) === 0);
        schedule.update(file, now);
      }
      if (random(3) === 0) live.push({ kid: schedule.signer(now).id, signedAt: now });
      live = live.filter(({ signedAt }) => now - signedAt < ENVELOPE_LIFETIME_S * 1000);
      const late = createVerifier(fetch);
      for (const { kid } of live) {
        assert.ok(busy.knows(kid, now), `seed ${seed}: refused ${(now - START) / 1000} s on`);
        // One that has just started and knows nothing yet.
        assert.ok(late.knows(kid, now), `seed ${seed}: not published any more`);
      }
    }
  }
});

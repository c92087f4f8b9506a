import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, type Random } from './random.ts';

const draws = (random: Random): number[] =>
  Array.from({ length: 20 }, () => random.integer(0, 1_000_000));

test('the same seed and key give the same draws', () => {
  const first = draws(createRandom('seed').fork('tax/ratings').fork(17));
  assert.deepEqual(draws(createRandom('seed').fork('tax/ratings').fork(17)), first);
});

test('a known seed gives known draws, so that a change of the generator shows', () => {
  assert.deepEqual(draws(createRandom('credit-graph')).slice(0, 3), [754752, 740373, 362983]);
});

test('a fork does not depend on what was drawn before it', () => {
  const random = createRandom('seed');
  const before = draws(random.fork('key'));
  draws(random);
  assert.deepEqual(draws(random.fork('key')), before);
});

test('seeds, keys and the cut between keys all tell streams apart', () => {
  const root = createRandom('seed');
  const streams = [
    createRandom('seed2'),
    root,
    root.fork('ab'),
    root.fork('a').fork('b'),
    root.fork('ba'),
    root.fork(''),
    root.fork('1'),
    root.fork('2'),
  ];
  const texts = streams.map((stream) => draws(stream).join());
  assert.equal(new Set(texts).size, texts.length);
});

test('draws spread evenly over their range', () => {
  const random = createRandom('even');
  const counts = new Array<number>(10).fill(0);
  for (let at = 0; at < 100_000; at += 1) {
    const digit = random.integer(0, 9);
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 500, String(counts));
});

test('a weight of nothing is never drawn, and weights set the share', () => {
  const random = createRandom('weights');
  let heavy = 0;
  for (let at = 0; at < 10_000; at += 1) {
    const item = random.weighted([
      ['none', 0],
      ['light', 1],
      ['heavy', 9],
    ]);
    assert.notEqual(item, 'none');
    if (item === 'heavy') heavy += 1;
  }
  assert.ok(heavy > 8_800 && heavy < 9_200, String(heavy));
});

test('dates stay within both ends, also over a leap day', () => {
  const random = createRandom('dates');
  const seen = new Set<string>();
  for (let at = 0; at < 500; at += 1) seen.add(random.dateBetween('2024-02-28', '2024-03-01'));
  assert.deepEqual([...seen].sort(), ['2024-02-28', '2024-02-29', '2024-03-01']);
  assert.equal(random.dateBetween('2025-01-02', '2025-01-01'), '2025-01-01');
});

test('a shuffle keeps every item and the list it was given', () => {
  const items = [1, 2, 3, 4, 5, 6, 7, 8];
  const shuffled = createRandom('shuffle').shuffle(items);
  assert.deepEqual(items, [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(
    [...shuffled].sort((a, b) => a - b),
    items,
  );
  assert.notDeepEqual(shuffled, items);
});

test('refuses to pick from nothing', () => {
  assert.throws(() => createRandom('seed').pick([]), RangeError);
});

// The index is right if it never loses a name: whatever a name contains, or nearly is, must be found
// by its terms. Names, pieces and slips are drawn from the samples.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPopulation } from '../../kit/samples/population.ts';
import { isOneEdit } from './edit-distance.ts';
import { withoutLegalForm } from './legal-form.ts';
import { startOfText, termsOfName, termsOfText } from './name-terms.ts';
import { charactersOf, normaliseName } from './normalise-name.ts';
import { placeOf } from './term.ts';
import { halvesOfText, variantsOfText } from './typo-terms.ts';

const population = createPopulation({ seed: 'terms', size: 400 });
const random = population.random.fork('pieces');
const names = [...population.subjects()]
  .flatMap(({ nameZh, nameEn }) => [
    ...[nameZh, nameEn, `${nameZh} ${nameEn}`, `A股5G${nameZh}x`],
    ...[`A B ${nameEn} & Co`, `${nameEn} of X${nameZh}Y Z`],
  ])
  .map(normaliseName);

function hasAll(name: string, terms: readonly number[]): boolean {
  const own = new Set(termsOfName(name, withoutLegalForm(name)));
  return terms.every((each) => own.has(each));
}

function hasOne(name: string, terms: readonly number[]): boolean {
  const own = new Set(termsOfName(name, withoutLegalForm(name)));
  return terms.some((each) => own.has(each));
}

test('a name has all terms of any text that it contains', () => {
  for (const name of names) {
    const characters = charactersOf(name);
    const from = random.integer(0, characters.length - 1);
    const piece = characters.slice(from, random.integer(from + 1, characters.length));
    assert.ok(hasAll(name, termsOfText(piece)), piece.join(''));
    const start = characters.slice(0, random.integer(1, characters.length));
    assert.ok(hasAll(name, [...termsOfText(start), startOfText(start).term]), start.join(''));
    assert.ok(hasAll(name, termsOfText(characters)), name);
  }
});

test('two words that meet in a text are found where they meet, and only there', () => {
  const found = (text: string): string[] => {
    const terms = termsOfText(charactersOf(text));
    return ['yunzhou xinghe trading', 'xinghe yunzhou trading', 'zhou xin'].filter((name) =>
      hasAll(name, terms),
    );
  };
  assert.deepEqual(found('zhou xing'), ['yunzhou xinghe trading']);
  assert.deepEqual(found('zhou xin'), ['yunzhou xinghe trading', 'zhou xin']);
  assert.deepEqual(found('ou xi'), ['yunzhou xinghe trading', 'zhou xin']);
});

test('a text has terms unless it is one ideograph or two letters', () => {
  for (const text of ['云', 'ab', 'a', '5g']) assert.deepEqual(termsOfText(charactersOf(text)), []);
  for (const text of ['云州', 'abc', 'a b', '云a', 'a云', '5g云']) {
    assert.ok(termsOfText(charactersOf(text)).length > 0, text);
  }
});

test('whatever the slip in a name, or in its part before the legal form, they share a variant', () => {
  let tried = 0;
  const odd = [
    'tesla',
    'acme ltd',
    'abcdefgh',
    'abcdefghi',
    'abcdefghij',
    'a股',
    '5g通信',
    '星河有限公司',
    '星河公司',
    '星河公同',
    'xinghe trading cy ltd',
    '上海abc trading',
    '上海市abcdefghij',
    'abcdefghij市',
    '重名商行',
  ];
  for (const name of [...names, ...odd, ...odd, ...odd]) {
    for (const whole of new Set([name, withoutLegalForm(name)])) {
      const characters = charactersOf(whole);
      const text = charactersOf(normaliseName(slip(characters).join('')));
      if (text.length < 4 || !isOneEdit(characters, text)) continue;
      tried += 1;
      assert.ok(hasOne(name, variantsOfText(text)), `${text.join('')} of ${name}`);
      const { start, end } = halvesOfText(text);
      assert.ok(name.startsWith(start) || name.includes(end), `${text.join('')} of ${name}`);
    }
  }
  assert.ok(tried > 2_000, String(tried));
});

test('every slip in a name of four characters is found', () => {
  for (const name of ['星河建设', 'acme']) {
    const characters = charactersOf(name);
    for (let at = 0; at <= 4; at += 1) {
      for (const text of [
        characters.with(Math.min(at, 3), '甲'),
        characters.with(Math.min(at, 3), 'z'),
        characters.toSpliced(at, 0, '甲'),
        characters.toSpliced(at, 2, characters[at + 1] ?? '甲', characters[at] ?? ''),
      ]) {
        if (isOneEdit(characters, text))
          assert.ok(hasOne(name, variantsOfText(text)), text.join(''));
      }
    }
  }
});

test('names that differ in more than the slip share no variant, but for a chance', () => {
  const strangers = names.slice(0, 400).filter((name) => {
    return hasOne(name, variantsOfText(charactersOf('云州星合建设科技有限公司')));
  });
  assert.ok(strangers.length < 4, strangers.join());
});

test('places are spread evenly over subjects whose codes are much alike', () => {
  const counts = new Array<number>(16).fill(0);
  const many = createPopulation({ seed: 'places', size: 8_000 });
  for (const { code } of many.subjects()) {
    const sixteenth = Math.floor(placeOf(code) / 2 ** 27);
    counts[sixteenth] = (counts[sixteenth] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(count > 400 && count < 600, counts.join(' '));
});

function slip(characters: readonly string[]): string[] {
  const at = random.integer(0, characters.length - 1);
  const swapped = [characters[at + 1] ?? '甲', characters[at] ?? '甲'];
  return random.pick([
    characters.with(at, random.pick(['甲', 'z'])),
    characters.toSpliced(at, 0, random.pick(['甲', 'z'])),
    characters.toSpliced(at, 1),
    characters.toSpliced(at, 2, ...swapped),
  ]);
}

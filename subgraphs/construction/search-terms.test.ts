import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  foldName,
  foldNumber,
  termsOfBuilder,
  termsOfName,
  termsOfProject,
} from './search-terms.ts';

test('folds width, case, spaces and punctuation of a name', () => {
  assert.equal(foldName(' 云州（星河）·Ｇarden　二期-A1 '), '云州星河garden二期a1');
});

test('folds the number of a project as users retype it', () => {
  assert.equal(foldNumber(' 990101ma7k３p 2q8 '), '990101MA7K3P2Q8');
});

test('cuts a name into overlapping pairs, and one character into none', () => {
  assert.deepEqual(termsOfName('星河花园'), ['n星河', 'n河花', 'n花园']);
  assert.deepEqual(termsOfName('星'), []);
});

test('takes a character beyond the basic plane as one', () => {
  assert.deepEqual(termsOfBuilder('𠮷河湾'), ['b𠮷河', 'b河湾']);
});

test('gives a project its pairs, its district, city and province, and its stages, each once', () => {
  assert.deepEqual(
    termsOfProject({
      name: '星河星河',
      builderName: '星河',
      region: '990101',
      stages: ['TENDER', 'LICENCE'],
    }),
    ['n星河', 'n河星', 'b星河', 'r990000', 'r990100', 'r990101', 'tTENDER', 'tLICENCE'],
  );
});

test('every part of a name of two characters or more has only terms of the whole', () => {
  const name = '云州市星湾区云栖府三期商业综合体项目';
  const terms = new Set(termsOfName(name));
  for (let from = 0; from < name.length - 1; from += 1) {
    for (let to = from + 2; to <= name.length; to += 1) {
      const part = name.slice(from, to);
      assert.ok(
        termsOfName(part).every((term) => terms.has(term)),
        part,
      );
    }
  }
});

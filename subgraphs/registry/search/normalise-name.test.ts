import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseName } from './normalise-name.ts';

const SPELLINGS: readonly (readonly [why: string, given: string, normalised: string])[] = [
  ['full width becomes half width', 'ＡＢＣ（云州）１２３', 'abc云州123'],
  ['case does not matter', 'XingHe', 'xinghe'],
  ['blanks between ideographs go', '云州 星河　建设', '云州星河建设'],
  ['blanks between an ideograph and a letter go', '云州 ABC 科技', '云州abc科技'],
  ['one blank stays between words', 'Xinghe   Construction', 'xinghe construction'],
  ['punctuation between words is a blank', 'Xinghe Co.,Ltd.', 'xinghe co ltd'],
  ['punctuation between ideographs goes', '合伙企业（有限合伙）', '合伙企业有限合伙'],
  ['an apostrophe joins', "Farmers' O’Neil", 'farmers oneil'],
  ['accents of Latin letters go', 'Café Müller ÅNGSTRÖM', 'cafe muller angstrom'],
  ['compatibility forms are resolved', '㈱ﾃﾞｰﾀ', '株データ'],
  ['the voicing of kana stays', 'がぎぐ', 'がぎぐ'],
  ['emoji and their selectors go', '🏢云州❤️星河🇨🇳', '云州星河'],
  ['wildcards of SQL are punctuation', '%_\\*?', ''],
  ['control characters and halves of characters go', 'a\u0000b\ud800c', 'a b c'],
  ['characters beyond the first plane stay', '𠮷野家 ABC', '𠮷野家abc'],
];

for (const [why, given, normalised] of SPELLINGS) {
  test(`normalising a name: ${why}`, () => {
    assert.equal(normaliseName(given), normalised);
  });
}

test('normalising twice changes nothing more', () => {
  for (const [, given] of SPELLINGS) {
    const once = normaliseName(given);
    assert.equal(normaliseName(once), once);
  }
});

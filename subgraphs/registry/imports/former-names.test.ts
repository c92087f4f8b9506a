import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFormerNamesList, parseFormerNamesText } from './former-names.ts';

test('a text holds names with and without their last day', () => {
  assert.deepEqual(
    parseFormerNamesText('云州星河有限公司（至2018-05-20）；云州(集团)公司 ; 旧名(2001-01-31)'),
    {
      kind: 'names',
      names: [
        { name: '云州星河有限公司', nameEnglish: null, until: '2018-05-20' },
        { name: '云州(集团)公司', nameEnglish: null, until: null },
        { name: '旧名', nameEnglish: null, until: '2001-01-31' },
      ],
    },
  );
});

test('a list holds names, English ones too', () => {
  assert.deepEqual(
    parseFormerNamesList([
      { name: ' 云州星河 ', name_en: 'Yunzhou Xinghe', until: '2018-05-20', note: 'x' },
      { name: '旧名' },
    ]),
    {
      kind: 'names',
      names: [
        { name: '云州星河', nameEnglish: 'Yunzhou Xinghe', until: '2018-05-20' },
        { name: '旧名', nameEnglish: null, until: null },
      ],
    },
  );
});

test('what is no list of names is refused', () => {
  for (const value of ['x', {}, [1], [null], [{ name: 1 }], [{ name: '' }], [{ until: null }]]) {
    assert.equal(parseFormerNamesList(value).kind, 'error', JSON.stringify(value));
  }
  assert.equal(parseFormerNamesList([{ name: 'x', until: '2018-13-01' }]).kind, 'error');
  assert.equal(parseFormerNamesList([{ name: 'x'.repeat(301) }]).kind, 'error');
  assert.equal(parseFormerNamesText(Array(51).fill('x').join(';')).kind, 'error');
});

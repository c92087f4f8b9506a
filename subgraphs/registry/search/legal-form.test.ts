import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutLegalForm } from './legal-form.ts';

test('the longest legal form at the end of a Chinese name is cut', () => {
  assert.equal(withoutLegalForm('云州星河建设股份有限公司'), '云州星河建设');
  assert.equal(withoutLegalForm('云州星河有限责任公司'), '云州星河');
  assert.equal(withoutLegalForm('云州星河合伙企业有限合伙'), '云州星河');
  assert.equal(withoutLegalForm('云栖县禾源蔬菜种植农民专业合作社'), '云栖县禾源蔬菜种植');
});

test('the longest legal form at the end of an English name is cut with its blank', () => {
  assert.equal(withoutLegalForm('yunzhou xinghe joint stock co ltd'), 'yunzhou xinghe');
  assert.equal(withoutLegalForm('xinghe llc'), 'xinghe');
});

test('a legal form elsewhere, as part of a word or as the whole name stays', () => {
  assert.equal(withoutLegalForm('公司法研究会'), '公司法研究会');
  assert.equal(withoutLegalForm('zinc'), 'zinc');
  assert.equal(withoutLegalForm('有限公司'), '有限公司');
  assert.equal(withoutLegalForm('甲公司'), '甲公司');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readIdentifier } from './identifiers.ts';

test('numbers are read into their usual spelling', () => {
  assert.deepEqual(readIdentifier('ORGANISATION_CODE', 'ma7k3p2q8'), {
    scheme: 'ORGANISATION_CODE',
    value: 'MA7K3P2Q-8',
  });
  assert.deepEqual(readIdentifier('REGISTRATION_NUMBER', '３３０２０３０００ 030639'), {
    scheme: 'REGISTRATION_NUMBER',
    value: '330203000030639',
  });
  assert.deepEqual(readIdentifier('TAX_NUMBER', '990101MA7K3P2Q8'), {
    scheme: 'TAX_NUMBER',
    value: '990101MA7K3P2Q8',
  });
});

test('a tax number longer than region and organisation code, as persons have, is refused', () => {
  for (const text of ['12345678901234567', '123456789012345678', '12345678901234567801']) {
    assert.ok('reason' in readIdentifier('TAX_NUMBER', text), text);
  }
});

test('a number of another length is refused', () => {
  assert.ok('reason' in readIdentifier('REGISTRATION_NUMBER', '12345678901234'));
  assert.ok('reason' in readIdentifier('ORGANISATION_CODE', 'MA7K3P2Q'));
});

test('the numbers of certificates are kept as their registrars wrote them', () => {
  for (const scheme of ['INSTITUTION_NUMBER', 'SOCIAL_BODY_NUMBER'] as const) {
    assert.deepEqual(readIdentifier(scheme, '云社证字第 ０１２３ 号'), {
      scheme,
      value: '云社证字第0123号',
    });
    for (const text of ['号', '无', '未登记', '不详 <b>']) {
      assert.ok('reason' in readIdentifier(scheme, text), text);
    }
  }
});

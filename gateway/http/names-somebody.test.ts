import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesSomebody } from './names-somebody.ts';
import { requestIdOf } from './request-id.ts';

test('finds a credit code inside a name', () => {
  assert.ok(namesSomebody('Report_91990101MA7K3P2Q8J_Now'));
  assert.ok(namesSomebody('x91990101ma7k3p2q8jx'));
});

test('finds a resident number', () => {
  assert.ok(namesSomebody('check_110000188401010019'));
});

test('leaves ordinary names and trace ids alone', () => {
  for (const text of [
    'Report',
    'CreditReportOfOneEnterprise',
    '4bf92f3577b34da6a3ce929d0e0e4736',
  ]) {
    assert.equal(namesSomebody(text), false, text);
  }
});

test('takes no request id that names a subject', () => {
  assert.notEqual(requestIdOf('91990101MA7K3P2Q8J'), '91990101MA7K3P2Q8J');
  assert.equal(requestIdOf('trace-4bf92f3577b34da6'), 'trace-4bf92f3577b34da6');
});

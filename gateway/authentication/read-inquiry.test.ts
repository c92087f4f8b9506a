import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import {
  ANONYMOUS,
  type Inquiry,
  type Principal,
} from '../../subgraphs/kit/authority/principal.ts';
import { HttpError } from '../http/http-error.ts';
import { readInquiry } from './read-inquiry.ts';

const AGENCY: Principal = {
  ...ANONYMOUS,
  tier: 'AGENCY',
  id: 'a',
  organisation: 'o',
  purposes: ['CREDIT_REPORT'],
};

function refusal(headers: Record<string, string>, principal = AGENCY): HttpError {
  try {
    readInquiry(headers, principal);
  } catch (error) {
    assert.ok(error instanceof HttpError);
    return error;
  }
  return assert.fail('not refused');
}

test('takes a request without the headers for one without purpose and case', () => {
  const inquiry = readInquiry({}, AGENCY);
  assert.deepEqual([inquiry.purpose, inquiry.caseReference], [null, null]);
});

for (const value of ['CURIOSITY', '', 'credit_report', 'CREDIT_REPORT, AUDIT', 'constructor']) {
  test(`refuses the purpose "${value}", which is none`, () => {
    const { error } = refusal({ 'credit-purpose': value });
    assert.equal(error.extensions['code'], 'PURPOSE_FORBIDDEN');
    assert.match(String(error.extensions['hint']), /CREDIT_REPORT, .*AUDIT/);
  });
}

test('refuses a purpose that the credential does not allow, and names those that it does', () => {
  const { error } = refusal({ 'credit-purpose': 'AUDIT' });
  assert.equal(error.extensions['code'], 'PURPOSE_FORBIDDEN');
  assert.match(String(error.extensions['hint']), /allows: CREDIT_REPORT\./);
});

test('refuses every purpose of an anonymous caller', () => {
  const { error } = refusal({ 'credit-purpose': 'CREDIT_REPORT' }, ANONYMOUS);
  assert.equal(error.extensions['code'], 'PURPOSE_FORBIDDEN');
  assert.match(String(error.extensions['hint']), /token/);
});

test('refuses a purpose of a credential that allows none', () => {
  const { error } = refusal({ 'credit-purpose': 'AUDIT' }, { ...AGENCY, purposes: [] });
  assert.match(String(error.extensions['hint']), /allows: none/);
});

for (const [kind, value] of Object.entries({
  empty: '',
  'only spaces': '   ',
  'longer than a hundred characters': 'x'.repeat(101),
  'with a tab': 'a\tb',
  'not UTF-8': '\xff\xfe',
  'with an invisible character': Buffer.from('a\u202eb').toString('latin1'),
})) {
  test(`refuses a case that is ${kind}`, () => {
    const { error } = refusal({ 'credit-case': value });
    assert.equal(error.extensions['code'], 'BAD_REQUEST');
  });
}

for (const value of [
  '11010119900307109X',
  'Case 110101 19900307 109X',
  '１１０１０１１９９００３０７１０９Ｘ',
]) {
  test(`refuses the number of a person as a case, however it is written: ${value.length}`, () => {
    const { error } = refusal({ 'credit-case': Buffer.from(value).toString('latin1') });
    assert.equal(error.extensions['code'], 'BAD_REQUEST');
    assert.match(error.message, /identity number/);
    assert.ok(!JSON.stringify([error.message, error.extensions]).includes(value));
  });
}

test('reads a Chinese case number as it comes over HTTP', async (t) => {
  const asked: Inquiry[] = [];
  const server = createServer((request, response) => {
    asked.push(readInquiry(request.headers, AGENCY));
    response.end();
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const reference = '（2026）云01执123号';
  const request = send({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    agent: false,
    headers: {
      'credit-case': Buffer.from(reference).toString('latin1'),
      'credit-purpose': 'CREDIT_REPORT',
    },
  }).end();
  const [response] = (await once(request, 'response')) as [{ resume: () => void }];
  response.resume();
  assert.equal(asked[0]?.caseReference, reference);
  assert.equal(asked[0].purpose, 'CREDIT_REPORT');
});

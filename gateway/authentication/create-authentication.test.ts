// Who is known by which credential, against a real JWKS endpoint on localhost.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { ANONYMOUS_INQUIRY } from '../../subgraphs/kit/authority/principal.ts';
import type { Authentication } from './create-authentication.ts';
import { assertRefused } from './test/assert-refused.ts';
import {
  agencyClaims,
  AUDIENCE,
  authenticationOf,
  bearer,
  createKey,
  entryOf,
  sign,
  startIssuer,
  type TestIssuer,
  type TestKey,
} from './test/test-issuer.ts';

interface Setting {
  readonly key: TestKey;
  readonly issuer: TestIssuer;
  readonly authentication: Authentication;
}

async function setting(t: TestContext, alg = 'EdDSA'): Promise<Setting> {
  const key = await createKey('k1', alg);
  const issuer = await startIssuer(t, key);
  const authentication = await authenticationOf(t, [entryOf(issuer, ['EdDSA', 'ES256', 'RS256'])]);
  return { key, issuer, authentication };
}

test('takes a caller without a credential for anonymous', async (t) => {
  const { authentication, issuer } = await setting(t);
  assert.deepEqual(await authentication.inquiryOf({}), ANONYMOUS_INQUIRY);
  assert.equal(issuer.fetches(), 0);
});

for (const alg of ['EdDSA', 'ES256', 'RS256']) {
  test(`knows the principal of a token that is signed with ${alg}`, async (t) => {
    const { key, issuer, authentication } = await setting(t, alg);
    const token = await sign(key, agencyClaims(issuer.issuer));
    const headers = { ...bearer(token), 'credit-purpose': 'CREDIT_REPORT', 'credit-case': 'A 1' };
    assert.deepEqual(await authentication.inquiryOf(headers), {
      principal: {
        tier: 'AGENCY',
        id: 'caller-1',
        organisation: 'agency-1',
        subject: null,
        sectorsOfDuty: [],
        roles: [],
        purposes: ['CREDIT_REPORT', 'CREDIT_DECISION'],
      },
      purpose: 'CREDIT_REPORT',
      caseReference: 'A 1',
    });
  });
}

test('fetches the keys once for many tokens at once', async (t) => {
  const { key, issuer, authentication } = await setting(t);
  const tokens = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      sign(key, { ...agencyClaims(issuer.issuer), sub: `caller-${at}` }),
    ),
  );
  const inquiries = await Promise.all(
    tokens.map((token) => authentication.inquiryOf(bearer(token))),
  );
  assert.equal(new Set(inquiries.map(({ principal }) => principal.id)).size, 20);
  assert.equal(issuer.fetches(), 1);
});

test('gives the same principal for the same token without verifying it again', async (t) => {
  const { key, issuer, authentication } = await setting(t);
  const token = await sign(key, agencyClaims(issuer.issuer));
  const first = await authentication.inquiryOf(bearer(token));
  const second = await authentication.inquiryOf(bearer(token));
  assert.equal(first.principal, second.principal);
});

test('takes the name of the scheme in any case', async (t) => {
  const { key, issuer, authentication } = await setting(t);
  const token = await sign(key, agencyClaims(issuer.issuer));
  const inquiry = await authentication.inquiryOf({ authorization: `bEARER ${token}` });
  assert.equal(inquiry.principal.tier, 'AGENCY');
});

for (const [kind, value] of Object.entries({
  'an empty header': '',
  'another scheme': 'Basic dXNlcjpwYXNzd29yZA==',
  'no token': 'Bearer',
  'only spaces': 'Bearer   ',
  'a token without a scheme': 'eyJhbGciOiJFZERTQSJ9.e30.e30',
  'two tokens': 'Bearer aaaaaaaaaaaa bbbbbbbbbbbb',
  'two headers, joined': 'Bearer aaaaaaaaaaaa, Bearer bbbbbbbbbbbb',
})) {
  test(`refuses an Authorization header with ${kind}`, async (t) => {
    const { authentication } = await setting(t);
    const asked = authentication.inquiryOf({ authorization: value });
    await assertRefused(asked, 'UNAUTHENTICATED', /Authorization header/, 'aaaaaaaaaaaa');
  });
}

test('refuses two Authorization headers as a server that joins them reads them', async (t) => {
  const { key, issuer, authentication } = await setting(t);
  const token = await sign(key, agencyClaims(issuer.issuer));
  const outcome = new Promise<unknown>((resolve) => {
    const server = createServer({ joinDuplicateHeaders: true }, (request, response) => {
      authentication.inquiryOf(request.headers).then(resolve, resolve);
      response.end();
    });
    t.after(() => server.close());
    server.listen(0, '127.0.0.1', () => {
      const line = `Authorization: Bearer ${token}\r\n`;
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.end(`GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${line}${line}\r\n`);
    });
  });
  const refused = Promise.resolve(outcome).then((error) => Promise.reject(error as Error));
  await assertRefused(refused, 'UNAUTHENTICATED', /exactly one Bearer token/, token);
});

test('trusts no token where no issuer is named', async (t) => {
  const key = await createKey('k1');
  const authentication = await authenticationOf(t, [], {}, { issuersFile: null });
  const token = await sign(key, agencyClaims('https://issuer.test'));
  await assertRefused(
    authentication.inquiryOf(bearer(token)),
    'UNAUTHENTICATED',
    /issuer that is not trusted/,
    token,
  );
});

test('never takes the keys of one issuer for another', async (t) => {
  const first = await createKey('k1');
  const second = await createKey('k1');
  const issuers = [await startIssuer(t, first), await startIssuer(t, second)] as const;
  const authentication = await authenticationOf(
    t,
    issuers.map((one) => entryOf(one)),
  );
  const token = await sign(second, agencyClaims(issuers[0].issuer));
  const asked = authentication.inquiryOf(bearer(token));
  await assertRefused(asked, 'UNAUTHENTICATED', /signature of the token does not fit/, token);
});

test('accepts one of several audiences', async (t) => {
  const { key, issuer, authentication } = await setting(t);
  const claims = { ...agencyClaims(issuer.issuer), aud: ['https://other.test', AUDIENCE] };
  const { principal } = await authentication.inquiryOf(bearer(await sign(key, claims)));
  assert.equal(principal.tier, 'AGENCY');
});

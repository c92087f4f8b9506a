// The envelope as a sector verifies it: what was said comes back, and nothing else is taken for one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTVerifyGetKey,
} from 'jose';
import {
  ENVELOPE_ISSUER,
  ENVELOPE_LIFETIME_S,
  ENVELOPE_TYPE,
  signEnvelope,
  verifyEnvelope,
  type EnvelopeContent,
  type SigningKey,
} from './envelope.ts';
import { ANONYMOUS_INQUIRY } from './principal.ts';

const NOW = new Date('2026-11-25T08:00:00Z');
const CODE = '91990101MA7K3P2Q8J';

const { keys, signing } = await makeKeys();

async function makeKeys(): Promise<{
  readonly keys: JWTVerifyGetKey;
  readonly signing: SigningKey;
}> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' };
  return { keys: createLocalJWKSet({ keys: [jwk] }), signing: { id: 'one', key: privateKey } };
}

const CONTENT: EnvelopeContent = {
  inquiry: {
    principal: {
      tier: 'AGENCY',
      id: 'agency-1',
      organisation: 'agency',
      subject: null,
      sectorsOfDuty: ['tax', 'courts'],
      roles: ['REVIEWER'],
      purposes: ['CREDIT_REPORT', 'TENDER_REVIEW'],
    },
    purpose: 'CREDIT_REPORT',
    caseReference: 'case 7',
  },
  standing: [
    { kind: 'CONSENT', id: 'c1', subject: CODE },
    { kind: 'GRANT', id: 'g1', subject: CODE, fields: ['T.f'] },
  ],
};

function secondsLater(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

test('says to a sector what it needs, and no more', async () => {
  const sealed = await signEnvelope(CONTENT, 'tax', signing, NOW);
  const { inquiry, standing, expiresAtMs } = await verifyEnvelope(sealed, 'tax', keys, NOW);
  assert.deepEqual(standing, CONTENT.standing);
  assert.deepEqual(inquiry, {
    ...CONTENT.inquiry,
    principal: {
      ...CONTENT.inquiry.principal,
      sectorsOfDuty: ['tax'],
      purposes: ['CREDIT_REPORT'],
    },
  });
  assert.equal(expiresAtMs, secondsLater(ENVELOPE_LIFETIME_S).getTime());
});

test('says of an anonymous caller that it is one', async () => {
  const content = { inquiry: ANONYMOUS_INQUIRY, standing: [] };
  const sealed = await signEnvelope(content, 'tax', signing, NOW);
  assert.deepEqual((await verifyEnvelope(sealed, 'tax', keys, NOW)).inquiry, ANONYMOUS_INQUIRY);
});

test('is valid for one sector and for a minute', async () => {
  const sealed = await signEnvelope(CONTENT, 'tax', signing, NOW);
  await assert.rejects(verifyEnvelope(sealed, 'courts', keys, NOW), /"aud"/);
  await verifyEnvelope(sealed, 'tax', keys, secondsLater(60));
  await assert.rejects(verifyEnvelope(sealed, 'tax', keys, secondsLater(66)), /exp|iat/);
  await assert.rejects(verifyEnvelope(sealed, 'tax', keys, secondsLater(-10)), /iat/);
});

test('is taken from no other key, also under the same name', async () => {
  const other = await makeKeys();
  const sealed = await signEnvelope(CONTENT, 'tax', other.signing, NOW);
  await assert.rejects(verifyEnvelope(sealed, 'tax', keys, NOW), /signature verification failed/);
});

test('is refused whole when one character of it is changed', async () => {
  const sealed = await signEnvelope(CONTENT, 'tax', signing, NOW);
  for (let at = 0; at < sealed.length; at += 7) {
    // The last bits of a part may be padding: another first bit never is.
    const changed = sealed[at] === 'A' ? 'Q' : 'A';
    if (sealed[at] === '.') continue;
    const forged = sealed.slice(0, at) + changed + sealed.slice(at + 1);
    await assert.rejects(verifyEnvelope(forged, 'tax', keys, NOW), `character ${at}`);
  }
});

test('is refused unsigned, of another type, and without a claim', async () => {
  const [, payload = ''] = (await signEnvelope(CONTENT, 'tax', signing, NOW)).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<
    string,
    unknown
  >;
  const unsigned = new UnsecuredJWT(claims).encode();
  await assert.rejects(verifyEnvelope(unsigned, 'tax', keys, NOW));
  const sign = (more: object, typ = ENVELOPE_TYPE): Promise<string> =>
    new SignJWT({ ...claims, ...more })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'one', typ })
      .sign(signing.key);
  await verifyEnvelope(await sign({}), 'tax', keys, NOW);
  await assert.rejects(verifyEnvelope(await sign({}, 'at+jwt'), 'tax', keys, NOW), /"typ"/);
  await assert.rejects(verifyEnvelope(await sign({ iss: 'x' }), 'tax', keys, NOW), /"iss"/);
  for (const claim of ['exp', 'iat', 'tier', 'standing', 'duty', 'roles', 'purpose']) {
    const without = await sign({ [claim]: undefined });
    await assert.rejects(verifyEnvelope(without, 'tax', keys, NOW), claim);
  }
  for (const more of [{ tier: 'ROOT' }, { purpose: 'FUN' }, { standing: [{ kind: 'ALL' }] }]) {
    await assert.rejects(verifyEnvelope(await sign(more), 'tax', keys, NOW));
  }
  assert.equal(claims['iss'], ENVELOPE_ISSUER);
});

test('is not looked at beyond a length', async () => {
  await assert.rejects(verifyEnvelope('x'.repeat(70_000), 'tax', keys, NOW), /too long/);
});

// The worked example of the envelope is current, and a verifier that knows nothing but the guide comes
// to the same as ours.
import assert from 'node:assert/strict';
import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createLocalJWKSet } from 'jose';
import { format } from 'oxfmt';
import { verifyEnvelope } from './envelope.ts';
import {
  buildEnvelopeExample,
  EXAMPLE_FILE,
  GUIDE_FILE,
  withEnvelopeExample,
  type EnvelopeExample,
} from './test/envelope-example.ts';

const REWRITE = 'run node --import=#typescript subgraphs/kit/authority/test/envelope-example.ts';
const example = JSON.parse(readFileSync(EXAMPLE_FILE, 'utf8')) as EnvelopeExample;
const keys = createLocalJWKSet({ keys: [...example.keys.keys] });

test('the file of the example is current', async () => {
  assert.deepEqual(example, await buildEnvelopeExample(), REWRITE);
});

test('the guide shows the example of the file', async () => {
  const guide = readFileSync(GUIDE_FILE, 'utf8');
  const current = await format('guide.md', withEnvelopeExample(guide, example), {
    printWidth: 100,
  });
  assert.equal(guide, current.code, REWRITE);
});

test('takes the envelope of the example', async () => {
  const { inquiry, standing } = await verifyEnvelope(
    example.envelope,
    example.sector,
    keys,
    new Date(example.now),
  );
  assert.equal(inquiry.principal.tier, 'AGENCY');
  assert.equal(standing.length, 2);
});

test('a verifier that follows the guide reads the claims of the example', () => {
  assert.deepEqual(
    verifyByTheGuide(example.envelope, example, Date.parse(example.now)),
    example.claims,
  );
});

for (const { why, envelope, now } of example.refused) {
  test(`refuses an envelope where ${why}, as a verifier that follows the guide does`, async () => {
    const at = new Date(now ?? example.now);
    await assert.rejects(verifyEnvelope(envelope, example.sector, keys, at));
    assert.throws(() => verifyByTheGuide(envelope, example, at.getTime()));
  });
}

interface Claims {
  readonly iss?: unknown;
  readonly aud?: unknown;
  readonly exp?: unknown;
  readonly iat?: unknown;
  readonly tier?: unknown;
}

/** The steps of the guide with what Node itself has, as somebody in another language would write them. */
function verifyByTheGuide(
  envelope: string,
  { keys, sector }: EnvelopeExample,
  nowMs: number,
): Claims {
  const [header = '', claims = '', signature = ''] = envelope.split('.');
  const decode = (part: string): unknown =>
    JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  const { alg, typ, kid } = decode(header) as Record<string, unknown>;
  assert.equal(alg, 'EdDSA');
  assert.equal(typ, 'credit-envelope+jwt');
  const jwk = keys.keys.find((key) => key.kid === kid);
  assert.ok(jwk, 'the key is published');
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  const isSigned = verify(
    null,
    Buffer.from(`${header}.${claims}`),
    key,
    Buffer.from(signature, 'base64url'),
  );
  assert.ok(isSigned, 'the signature fits');
  const read = decode(claims) as Claims;
  const now = nowMs / 1000;
  assert.equal(read.iss, 'credit-graph-gateway');
  assert.equal(read.aud, sector);
  assert.ok(Number(read.exp) > now - 5, 'it has not ended');
  assert.ok(Number(read.iat) <= now + 5, 'it is not of the future');
  assert.ok(Number(read.iat) >= now - 65, 'it is not old');
  assert.ok(['ANONYMOUS', 'REGISTERED', 'AGENCY', 'GOVERNMENT'].includes(String(read.tier)));
  return read;
}

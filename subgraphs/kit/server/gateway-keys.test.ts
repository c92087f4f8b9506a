// The keys of the gateway from an address and from a file: found when needed, found anew when they
// change, and not asked for by whoever sends made-up keys.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exportJWK, generateKeyPair, type JWK, type JWTVerifyGetKey } from 'jose';
import { signEnvelope, verifyEnvelope, type SigningKey } from '../authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../authority/principal.ts';
import { gatewayKeys, KeysUnavailable } from './gateway-keys.ts';

interface Pair extends SigningKey {
  /** With the private member. */
  readonly jwk: JWK;
}

async function makePair(id: string): Promise<Pair> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return { id, key: privateKey, jwk: { ...(await exportJWK(privateKey)), kid: id } };
}

const publicPart = ({ jwk: { kty, crv, x, kid } }: Pair): JWK => ({ kty, crv, x, kid }) as JWK;

let folder: string;
let server: Server;
let url: string;
let first: Pair;
let second: Pair;
let served: string;
let asked = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'credit-keys-'));
  [first, second] = [await makePair('first'), await makePair('second')];
  server = createServer((request, response) => {
    asked += 1;
    if (request.url !== '/keys') response.statusCode = 404;
    response.setHeader('content-type', 'application/json');
    response.end(served);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
});

after(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

async function check(keys: JWTVerifyGetKey, key: SigningKey): Promise<void> {
  const now = new Date();
  const content = { inquiry: ANONYMOUS_INQUIRY, standing: [] };
  await verifyEnvelope(await signEnvelope(content, 'tax', key, now), 'tax', keys, now);
}

const text = (...keys: readonly JWK[]): string => JSON.stringify({ keys });
const NO_KEY = { code: 'ERR_JWKS_NO_MATCHING_KEY' };
/** Time between two looks for an unknown key: none, and longer than any test. */
const AT_ONCE_MS = 0;
const NEVER_MS = 3_600_000;

test('takes from a file the public parts of its keys, also of the file that signs', async () => {
  const path = join(folder, 'private.json');
  await writeFile(path, text(first.jwk, second.jwk));
  const keys = gatewayKeys(path);
  await check(keys, first);
  await check(keys, second);
});

test('waits for a file to appear until the first envelope, and says that it is not there', async () => {
  const path = join(folder, 'later.json');
  const keys = gatewayKeys(path);
  await assert.rejects(check(keys, first), KeysUnavailable);
  await writeFile(path, text(publicPart(first)));
  await check(keys, first);
});

test('reads a file again for a key that it does not know', async () => {
  const path = join(folder, 'rotated.json');
  await writeFile(path, text(publicPart(first)));
  const keys = gatewayKeys(path, AT_ONCE_MS);
  await check(keys, first);
  await writeFile(path, text(publicPart(first), publicPart(second)));
  await Promise.all(Array.from({ length: 20 }, () => check(keys, second)));
  await check(keys, first);
});

test('keeps the keys of a file while it cannot be read, and takes no key from what is none', async () => {
  const path = join(folder, 'broken.json');
  await writeFile(path, text(publicPart(first)));
  const keys = gatewayKeys(path, AT_ONCE_MS);
  await check(keys, first);
  await writeFile(path, '{ "keys": [');
  await check(keys, first);
  await assert.rejects(check(keys, second), KeysUnavailable);
  await check(keys, first);
  for (const wrong of [
    { kty: 'oct', k: 'c2VjcmV0', kid: 'second' },
    { kty: 'OKP', crv: 'X25519', x: 'AA', kid: 'second' },
    { kty: 'OKP', crv: 'Ed25519', x: 'AA' },
  ]) {
    await writeFile(path, text(wrong));
    await assert.rejects(check(gatewayKeys(path), second), KeysUnavailable);
  }
});

test('finds a new key at an address, and forgets one that was taken back', async () => {
  served = text(publicPart(first));
  const keys = gatewayKeys(url, AT_ONCE_MS);
  await check(keys, first);
  served = text(publicPart(second));
  await Promise.all(Array.from({ length: 20 }, () => check(keys, second)));
  await assert.rejects(check(keys, first), NO_KEY);
});

test('does not look again at once for whoever sends made-up keys', async () => {
  const path = join(folder, 'patient.json');
  served = text(publicPart(first));
  await writeFile(path, served);
  asked = 0;
  for (const keys of [gatewayKeys(url, NEVER_MS), gatewayKeys(path, NEVER_MS)]) {
    await check(keys, first);
    served = text(publicPart(first), publicPart(second));
    await writeFile(path, served);
    for (let times = 0; times < 50; times += 1) await assert.rejects(check(keys, second), NO_KEY);
    await check(keys, first);
    served = text(publicPart(first));
    await writeFile(path, served);
  }
  assert.equal(asked, 1);
});

test('says that an address does not answer, or answers something else', async () => {
  await assert.rejects(check(gatewayKeys('http://127.0.0.1:1/keys'), first), KeysUnavailable);
  for (const wrong of ['<html>', '[]', '{}', `${text()}${' '.repeat(70_000)}`]) {
    served = wrong;
    await assert.rejects(check(gatewayKeys(url), first), KeysUnavailable, wrong.slice(0, 20));
  }
  served = text(publicPart(first));
  await assert.rejects(check(gatewayKeys(`${url}/elsewhere`), first), KeysUnavailable);
});

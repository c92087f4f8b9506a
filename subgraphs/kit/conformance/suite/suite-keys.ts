// The suite in the place of the gateway: keys that sign envelopes, published as a JWK Set at an address
// that the sector under test trusts.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import {
  ENVELOPE_LIFETIME_S,
  signEnvelope,
  type EnvelopeContent,
  type SigningKey,
} from '../../authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../../authority/principal.ts';
import type { TestCaller } from '../test-envelope.ts';

/** Where the gateway publishes its keys, and the suite as well. */
export const KEYS_PATH = '/.well-known/credit-envelope-keys';

/** Half of their life: what is sent has not expired when it arrives. */
const SEALED_MS = (ENVELOPE_LIFETIME_S * 1000) / 2;
const SEALED_MAX = 200;

/** A key of the suite, with its public half as it is published. */
export interface SuiteKey extends SigningKey {
  readonly jwk: JWK;
}

/** The keys of a run. */
export interface SuiteKeys {
  /** Address of the JWK Set. */
  readonly url: string;
  /** The key that signs. */
  readonly key: SuiteKey;
  /** Signs the envelope of a caller, or gives the one that is still valid, as the gateway does. */
  readonly seal: (sector: string, caller?: TestCaller, key?: SigningKey) => Promise<string>;
  /** Makes a key and publishes it beside those there are. */
  readonly addKey: () => Promise<SuiteKey>;
  /** Makes the address answer 500 until it is called with false. */
  readonly fail: (isFailing: boolean) => void;
  readonly close: () => Promise<void>;
}

/**
 * Publishes keys of its own.
 *
 * @param port 0 takes a free one
 */
export async function openSuiteKeys(port = 0, host = '127.0.0.1'): Promise<SuiteKeys> {
  const published: JWK[] = [];
  let isFailing = false;
  let made = 0;
  const sealed = new LRUCache<string, Promise<string>>({ max: SEALED_MAX, ttl: SEALED_MS });
  async function addKey(): Promise<SuiteKey> {
    made += 1;
    const key = await makeKey(`conformance-${made}`);
    published.push(key.jwk);
    return key;
  }
  const key = await addKey();
  const server = createServer((request, response) => {
    const isThere = request.url === KEYS_PATH;
    response.setHeader('content-type', 'application/json');
    response.statusCode = isFailing ? 500 : isThere ? 200 : 404;
    response.end(JSON.stringify(isThere && !isFailing ? { keys: published } : {}));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}${KEYS_PATH}`,
    key,
    seal(sector, caller = {}, signing = key) {
      const content = contentOf(caller);
      const name = JSON.stringify([sector, signing.id, content]);
      const known = sealed.get(name);
      if (known) return known;
      const envelope = signEnvelope(content, sector, signing, new Date());
      sealed.set(name, envelope);
      return envelope;
    },
    addKey,
    fail(value) {
      isFailing = value;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Makes a key that nobody publishes. */
export async function makeKey(id: string): Promise<SuiteKey> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', {
    crv: 'Ed25519',
    extractable: true,
  });
  const jwk = { ...(await exportJWK(publicKey)), kid: id, alg: 'EdDSA', use: 'sig' };
  return { id, key: privateKey, jwk };
}

function contentOf({ inquiry = ANONYMOUS_INQUIRY, standing = [] }: TestCaller): EnvelopeContent {
  return { inquiry, standing };
}

// The public keys of the gateway, by which envelopes are verified: from its address, or from a file.
// A key that is not known yet is looked for at once, so that new keys lose no request; but not at every
// request, lest whoever sends made-up keys keep the sector busy.
import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** The keys could not be read: whoever sent the envelope is not to blame. */
export class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super('the public keys of the gateway cannot be read', { cause });
    this.name = 'KeysUnavailable';
  }
}

/** Longest wait for the keys, milliseconds. */
const TIMEOUT_MS = 3_000;
/**
 * Shortest time between two looks for a key that is not known, milliseconds. A gateway publishes a key
 * for longer than this before it signs with it.
 */
const COOLDOWN_MS = 2_000;
/** After this the keys are read again in any case, so that one that was taken back is forgotten. */
const KEPT_MS = 30_000;
/** After this, keys that cannot be read again are not trusted any more. */
const TRUSTED_MS = 600_000;
const SOURCE_BYTES_MAX = 65_536;

interface HeldKeys {
  readonly keys: JWTVerifyGetKey;
  readonly readAt: number;
}

/**
 * Gives the keys of a JWK Set.
 *
 * @param source an http or https URL, or the path of a file; it is read when the first key is needed
 * @param cooldownMs between two looks for keys that are not known
 * @returns for jose; throws {@link KeysUnavailable} where the source cannot be read
 */
export function gatewayKeys(source: string, cooldownMs: number = COOLDOWN_MS): JWTVerifyGetKey {
  let held: HeldKeys | undefined;
  let reading: Promise<HeldKeys> | undefined;
  let triedAt = -Infinity;

  function read(): Promise<HeldKeys> {
    if (reading !== undefined) return reading;
    triedAt = performance.now();
    reading = readKeys(source)
      .then((keys) => (held = { keys, readAt: performance.now() }))
      .finally(() => (reading = undefined));
    return reading;
  }

  function mayLook(): boolean {
    return reading !== undefined || performance.now() - triedAt >= cooldownMs;
  }

  async function current(): Promise<HeldKeys> {
    if (held === undefined) return read();
    const known = held;
    const age = performance.now() - known.readAt;
    if (age <= KEPT_MS || (age <= TRUSTED_MS && !mayLook())) return known;
    try {
      return await read();
    } catch (error) {
      // A file can be met while it is written, an address while it moves: that loses no request.
      if (age > TRUSTED_MS) throw error;
      return known;
    }
  }

  return async (header, token) => {
    const { keys } = await current();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayLook()) throw error;
      return (await read()).keys(header, token);
    }
  };
}

/** Of each key only the public part is taken: the file may be the one from which the gateway signs. */
const KEY_SET = z.object({
  keys: z
    .array(
      z.object({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        kid: z.string(),
        x: z.string(),
      }),
    )
    .max(20),
});

async function readKeys(source: string): Promise<JWTVerifyGetKey> {
  try {
    const text = /^https?:\/\//.test(source) ? await fetchText(source) : await readText(source);
    const { keys } = KEY_SET.parse(JSON.parse(text));
    const set: JSONWebKeySet = { keys: keys.map((key) => ({ ...key, alg: 'EdDSA', use: 'sig' })) };
    return createLocalJWKSet(set);
  } catch (error) {
    throw new KeysUnavailable(error);
  }
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (bytes.length > SOURCE_BYTES_MAX) throw new Error(`${path} is larger than a set of keys`);
  return bytes.toString('utf8');
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`${url} answered with status ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > SOURCE_BYTES_MAX) throw new Error(`${url} answers more than a set of keys`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

// The public keys of the gateway, by which envelopes are verified: from its address, or from a file.
// A key that is not known yet is looked for at once, so that new keys lose no request; but not at every
// request, lest whoever sends made-up keys keep the sector busy.
import { readFile } from 'node:fs/promises';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
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
const KEPT_MS = 600_000;
/** After this the keys of a file that cannot be read again are not trusted any more. */
const TRUSTED_MS = 2 * KEPT_MS;
const FILE_CHARACTERS_MAX = 65_536;

/**
 * Gives the keys of a JWKS.
 *
 * @param source an http or https URL, or the path of a file; it is read when the first key is needed
 * @param cooldownMs between two looks for keys that are not known
 * @returns for jose; throws {@link KeysUnavailable} where the source cannot be read
 */
export function gatewayKeys(source: string, cooldownMs: number = COOLDOWN_MS): JWTVerifyGetKey {
  const keys = /^https?:\/\//.test(source)
    ? createRemoteJWKSet(new URL(source), {
        timeoutDuration: TIMEOUT_MS,
        cooldownDuration: cooldownMs,
        cacheMaxAge: KEPT_MS,
      })
    : keysOfFile(source, cooldownMs);
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      throw isOfTheSender(error) ? error : new KeysUnavailable(error);
    }
  };
}

/** No such key, or a header that no key fits: all else is a source that does not answer. */
function isOfTheSender(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

interface FileKeys {
  readonly keys: JWTVerifyGetKey;
  readonly readAt: number;
}

function keysOfFile(path: string, cooldownMs: number): JWTVerifyGetKey {
  let known: FileKeys | undefined;
  let reading: Promise<FileKeys> | undefined;
  let triedAt = -Infinity;

  function read(): Promise<FileKeys> {
    triedAt = performance.now();
    reading ??= readKeys(path)
      .then((keys) => (known = { keys, readAt: performance.now() }))
      .finally(() => (reading = undefined));
    return reading;
  }

  async function current(): Promise<FileKeys> {
    if (known === undefined) return read();
    const { readAt } = known;
    const age = performance.now() - readAt;
    if (age <= KEPT_MS || !mayLook()) return known;
    try {
      return await read();
    } catch (error) {
      // A file can be met while it is written: that must not lose a request.
      if (age > TRUSTED_MS) throw error;
      return known;
    }
  }

  function mayLook(): boolean {
    return reading !== undefined || performance.now() - triedAt >= cooldownMs;
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
const KEY_FILE = z.object({
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

async function readKeys(path: string): Promise<JWTVerifyGetKey> {
  const text = await readFile(path, { encoding: 'utf8', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (text.length > FILE_CHARACTERS_MAX) throw new Error(`${path} is too large`);
  const { keys } = KEY_FILE.parse(JSON.parse(text));
  const set: JSONWebKeySet = { keys: keys.map((key) => ({ ...key, alg: 'EdDSA', use: 'sig' })) };
  return createLocalJWKSet(set);
}

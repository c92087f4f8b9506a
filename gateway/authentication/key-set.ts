// The public keys of an issuer, as a JWK Set from an address or a file. Private and symmetric members
// are dropped as they are read: nothing but verification can be done with what is kept.
import { open } from 'node:fs/promises';
import type { JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod';

const BYTES_MAX = 1_048_576;
const KEYS_MAX = 100;

const text = z.string().max(16_384);
/** The members of public keys; a strip of everything else is what zod does by default. */
const JWK_SHAPE = z.object({
  kty: text,
  kid: text.optional(),
  alg: text.optional(),
  use: text.optional(),
  key_ops: z.array(text).max(20).optional(),
  crv: text.optional(),
  x: text.optional(),
  y: text.optional(),
  n: text.optional(),
  e: text.optional(),
});
const JWKS_SHAPE = z.object({ keys: z.array(JWK_SHAPE).max(KEYS_MAX) });

/**
 * Reads a JWK Set from its text.
 *
 * @throws Error whose message repeats nothing of the text
 */
export function parseKeySet(content: string): JSONWebKeySet {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    // The error of JSON.parse quotes the text, which may be a private key.
    throw new Error('the key set is not JSON');
  }
  const result = JWKS_SHAPE.safeParse(value);
  if (!result.success) {
    const places = result.error.issues.map((issue) => issue.path.join('.') || 'the whole');
    throw new Error(`the key set is malformed at ${places.slice(0, 5).join(', ')}`);
  }
  // A shared secret is no public key; verifying by it would let every holder of it sign.
  return { keys: result.data.keys.filter(({ kty }) => kty !== 'oct') as JWK[] };
}

/** Fetches a JWK Set; redirects are not followed, since only the address itself is trusted. */
export async function fetchKeySet(url: string, signal: AbortSignal): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    signal,
    redirect: 'error',
    headers: { accept: 'application/jwk-set+json, application/json' },
  });
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    throw new Error(`the key set was answered with status ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > BYTES_MAX) throw new Error(`the key set has more than ${BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return parseKeySet(Buffer.concat(chunks).toString('utf8'));
}

/**
 * Reads a JWK Set from a file.
 *
 * @param missing what a file that is not there means: an error, or no keys yet
 */
export async function readKeySetFile(
  file: string,
  missing: 'error' | 'empty',
): Promise<JSONWebKeySet> {
  let handle;
  try {
    handle = await open(file);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing && missing === 'empty') return { keys: [] };
    throw error;
  }
  try {
    const { size } = await handle.stat();
    if (size > BYTES_MAX) throw new Error(`the key set has more than ${BYTES_MAX} bytes`);
    return parseKeySet(await handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
}

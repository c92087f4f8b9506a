// A file with an Ed25519 key of our own, made by whichever process needs it first. For development:
// in production keys come from the operator.
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/**
 * Reads a key file as text, a JWK Set with private members; creates it with one new key where it is
 * missing. It appears whole or not at all, is readable by its owner alone, and of several processes
 * that create it at once all read the same.
 */
export async function ensureKeyFile(file: string): Promise<string> {
  const found = await readIfThere(file);
  if (found !== null) return found;
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const text = `${JSON.stringify({ keys: [await generateSigningJwk()] }, null, 2)}\n`;
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    // A link fails where the name is taken; a rename would take the file of another process away.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file, 'utf8');
}

/** Makes a private Ed25519 key; its `kid` is its thumbprint (RFC 7638). */
export async function generateSigningJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

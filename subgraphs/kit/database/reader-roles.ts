// The login roles that read a sector's database: their names, and the passwords that follow from one
// secret, so that neither the process that grants nor the one that reads has to store any.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import {
  DISCLOSURE_CLASSES,
  rankOfClass,
  type DisclosureClass,
} from '../authority/disclosure-class.ts';
import type { ReaderName } from '../authority/viewer.ts';
import { READER_NAMES } from './readers.ts';

/** Least length of the secret from which passwords follow, characters. */
export const READER_SECRET_CHARACTERS_MIN = 32;

/** PostgreSQL cuts longer names off silently, and two roles would become one. */
const NAME_BYTES_MAX = 63;
const SUFFIX_BYTES_MAX = Math.max(...READER_NAMES.map((reader) => reader.length + 1));

/** Names the role of a reader, from the name of its database. */
export function readerRole(database: string, reader: ReaderName): string {
  return `${stemOf(database)}_${reader.toLowerCase()}`;
}

/** What `comment on role` says of a role of ours; a role without it is somebody else's. */
export function readerRoleMark(database: string): string {
  return `Reads ${database} by its row policies and column grants; made by its migration.`;
}

/** Lists the classes of rows and columns that a reader may be shown, least restricted first. */
export function classesOfReader(reader: ReaderName): readonly DisclosureClass[] {
  const highest = reader === 'SUBJECT' ? 'GOVERNMENT' : reader;
  return DISCLOSURE_CLASSES.slice(0, rankOfClass(highest) + 1);
}

/**
 * Derives the password of a role: 256 bits, from which neither the secret nor the password of another
 * role can be told.
 *
 * @throws Error for a secret that is too short
 */
export function readerPassword(secret: string, role: string): string {
  return createHmac('sha256', checked(secret)).update(`reader ${role}`).digest('base64url');
}

/** Gives a text that tells one secret from another, and nothing of either. */
export function readerSecretDigest(secret: string): string {
  return createHmac('sha256', checked(secret)).update('digest').digest('hex');
}

/** What SCRAM asks at least, and the server's own default. */
const SCRAM_ITERATIONS = 4_096;

/**
 * Makes what the server keeps of a password (RFC 5803). The password itself is never in a statement,
 * so that no log of statements can hold it.
 */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, 32, 'sha256');
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const storedKey = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  const serverKey = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

function stemOf(database: string): string {
  if (Buffer.byteLength(database) + SUFFIX_BYTES_MAX <= NAME_BYTES_MAX) return database;
  const digest = createHash('sha256').update(database).digest('hex').slice(0, 16);
  return `${database.replace(/[^a-zA-Z0-9_]/g, '').slice(0, 32)}_${digest}`;
}

function checked(secret: string): string {
  if (secret.length >= READER_SECRET_CHARACTERS_MIN) return secret;
  throw new Error(
    `the secret of the readers has fewer than ${READER_SECRET_CHARACTERS_MIN} characters`,
  );
}

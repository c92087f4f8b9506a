// The secret from which the passwords of database readers follow: the configured one, or on a machine
// for development one that is drawn once and kept beside the data.
import { randomBytes } from 'node:crypto';
import { chown, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../config.ts';
import { chooseServerAccount } from '../database/embedded/server-account.ts';
import type { CliConfig } from './config.ts';

/** What tells the secret, or where it is kept. */
export type ReaderSecretSource = Pick<CliConfig, 'dataDirectory' | 'readerSecret' | 'production'>;

/**
 * Reads the secret; where none is configured, from `keys/reader-secret` of the data folder, which only
 * its owner can read and which appears whole.
 *
 * @throws ConfigError in production, where it has to be configured
 */
export async function readReaderSecret(config: ReaderSecretSource): Promise<string> {
  if (config.readerSecret !== null) return config.readerSecret;
  if (config.production) {
    throw new ConfigError(['DATABASE_READER_SECRET: is required in production']);
  }
  const folder = join(config.dataDirectory, 'keys');
  const file = join(folder, 'reader-secret');
  return (await read(file)) ?? (await draw(config.dataDirectory, folder, file));
}

async function read(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function draw(directory: string, folder: string, file: string): Promise<string> {
  const account = await chooseServerAccount(directory);
  const own = async (path: string): Promise<void> => {
    if (account?.ownsFolder) await chown(path, account.uid, account.gid);
  };
  const isNew = (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined;
  if (isNew) await own(folder);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await own(draft);
    await link(draft, file);
  } catch (error) {
    // Another process was quicker; its secret counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const secret = await read(file);
  if (secret === null) throw new Error(`${file} was there and is gone`);
  return secret;
}

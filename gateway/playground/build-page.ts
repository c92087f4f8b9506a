// Builds the page when its sources have changed since the last time. Runs after `npm ci`, and in the
// gateway where that was not done (`npm ci --ignore-scripts`).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

/** Folder of the built page. */
export const PAGE_DIRECTORY = join(import.meta.dirname, 'dist');

const STAMP_FILE = join(PAGE_DIRECTORY, '.sources');
const LOCKFILE = resolve(import.meta.dirname, '../../package-lock.json');
// Lists of words that the page shares with the graph.
const AUTHORITY = resolve(import.meta.dirname, '../../subgraphs/kit/authority');
const BUILD_DEADLINE_MS = 180_000;
const COMPRESSED = /\.(js|css|html|svg|json)$/;

/** Tells whether the built page is that of the sources as they are. */
export async function isPageCurrent(): Promise<boolean> {
  const stamp = await readFile(STAMP_FILE, 'utf8').catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return null;
    throw error;
  });
  return stamp === (await hashSources());
}

/**
 * Builds the page.
 *
 * @throws Error when the bundler is not installed (production has none) or fails
 */
export async function buildPage(): Promise<void> {
  const hash = await hashSources();
  await runBundler();
  for (const file of await listFiles(PAGE_DIRECTORY)) {
    if (COMPRESSED.test(file)) await compress(file);
  }
  await writeFile(STAMP_FILE, hash);
}

async function runBundler(): Promise<void> {
  const require = createRequire(import.meta.url);
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
  const configFile = join(import.meta.dirname, 'vite.config.ts');
  const child = spawn(process.execPath, [vite, 'build', '--config', configFile], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: BUILD_DEADLINE_MS,
  });
  let problems = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    problems = (problems + text).slice(-10_000);
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`The page could not be built:\n${problems}`);
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const files = [
    LOCKFILE,
    join(import.meta.dirname, 'vite.config.ts'),
    join(AUTHORITY, 'disclosure-class.ts'),
    join(AUTHORITY, 'purpose.ts'),
    ...(await listFiles(join(import.meta.dirname, 'page'))),
    ...(await listFiles(join(import.meta.dirname, 'examples'))),
  ];
  for (const file of files)
    hash.update(file.slice(import.meta.dirname.length)).update(await readFile(file));
  return hash.digest('hex');
}

async function compress(file: string): Promise<void> {
  const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
  await pipeline(createReadStream(file), brotli, createWriteStream(`${file}.br`));
  await pipeline(createReadStream(file), createGzip(), createWriteStream(`${file}.gz`));
}

async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

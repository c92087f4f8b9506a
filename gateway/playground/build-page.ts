// Builds the page when its sources have changed since the last time. Runs after `npm ci`, and in the
// gateway where that was not done (`npm ci --ignore-scripts`).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

/** Folder of the built pages, one folder for each state of the sources. */
export const BUILDS_DIRECTORY = join(import.meta.dirname, 'dist');

const LOCKFILE = resolve(import.meta.dirname, '../../package-lock.json');
// Lists of words that the page shares with the graph.
const AUTHORITY = resolve(import.meta.dirname, '../../subgraphs/kit/authority');
const BUILD_DEADLINE_MS = 180_000;
const COMPRESSED = /\.(js|css|html|svg|json)$/;
const UNFINISHED_PREFIX = '.unfinished-';
/** Builds that stay: a gateway may be serving one of those before. */
const KEPT_BUILDS = 3;
/** After which what is unfinished was broken off. */
const UNFINISHED_KEPT_MS = 2 * BUILD_DEADLINE_MS;

/** Finds the page of the sources as they are; null where it is not built. */
export async function findPage(builds = BUILDS_DIRECTORY): Promise<string | null> {
  const directory = join(builds, await hashSources());
  return (await ageMs(directory)) === null ? null : directory;
}

/**
 * Builds the page, and gives its folder. It is never seen half-built, and several may build at once.
 * Old builds are removed.
 *
 * @throws Error when the bundler is not installed (production has none) or fails
 */
export async function buildPage(builds = BUILDS_DIRECTORY): Promise<string> {
  const directory = join(builds, await hashSources());
  await mkdir(builds, { recursive: true });
  const unfinished = await mkdtemp(join(builds, UNFINISHED_PREFIX));
  try {
    await runBundler(unfinished);
    for (const file of await listFiles(unfinished)) {
      if (COMPRESSED.test(file)) await compress(file);
    }
    await rename(unfinished, directory).catch(async (error: unknown) => {
      // Somebody else was faster.
      if ((await ageMs(directory)) === null) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOldBuilds(builds, directory);
  return directory;
}

async function removeOldBuilds(builds: string, current: string): Promise<void> {
  const found: { readonly path: string; readonly age: number }[] = [];
  for (const name of await readdir(builds)) {
    const path = join(builds, name);
    const age = await ageMs(path);
    if (age === null || path === current) continue;
    if (!name.startsWith(UNFINISHED_PREFIX)) found.push({ path, age });
    else if (age > UNFINISHED_KEPT_MS) await rm(path, { recursive: true, force: true });
  }
  found.sort((a, b) => a.age - b.age);
  for (const { path } of found.slice(KEPT_BUILDS - 1)) {
    await rm(path, { recursive: true, force: true });
  }
}

/** Time since a file or folder was changed; null where there is none. */
async function ageMs(path: string): Promise<number | null> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return null;
    throw error;
  }
}

async function runBundler(outDir: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
  const configFile = join(import.meta.dirname, 'vite.config.ts');
  const options = ['--config', configFile, '--outDir', outDir, '--emptyOutDir'];
  const child = spawn(process.execPath, [vite, 'build', ...options], {
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

// How a TypeScript module is loaded: types become blanks, so that every line and column stays where it
// was. What comes out is kept, since it takes longer than all else.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const STRIPPER = '@swc/wasm-typescript';
const { version: VERSION } = require(`${STRIPPER}/package.json`);

/** Modules without their types: they belong to whoever installed the packages, and go with them. */
const KEPT = new URL('../../../node_modules/.cache/typescript/', import.meta.url);

/** Errors of a folder that cannot be written, or where another process was as quick. */
const NOT_WRITTEN = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOSPC', 'EBUSY'];

/** Where packages were found that our modules import; every one of ours finds the same. */
const found = new Map();

/**
 * Our modules are named in full, so that nothing has to be looked for, and packages are looked for
 * once.
 *
 * @type {import('node:module').ResolveHook}
 */
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('node:')) {
    return { url: specifier, format: 'builtin', shortCircuit: true };
  }
  if (!isOurs(context.parentURL)) return next(specifier, context);
  if (/^\.\.?\/.*\.m?ts$/.test(specifier)) {
    const { href } = new URL(specifier, context.parentURL);
    return { url: href, format: 'module', shortCircuit: true };
  }
  const before = found.get(specifier);
  if (before) return before;
  const resolved = await next(specifier, context);
  if (/^[@a-z]/.test(specifier)) found.set(specifier, { ...resolved, shortCircuit: true });
  return resolved;
}

/**
 * Works without waiting: this thread has nothing else to do.
 *
 * @type {import('node:module').LoadHook}
 */
export function load(url, context, next) {
  if (!isOurs(url)) return next(url, context);
  return { format: 'module', source: withoutTypes(url), shortCircuit: true };
}

function isOurs(url) {
  return url !== undefined && /^file:.*\.m?ts(?:\?|$)/.test(url);
}

/** Finds a module without its types, or takes them out. */
function withoutTypes(url) {
  const source = readFileSync(new URL(url));
  const hash = createHash('sha256').update(VERSION).update(source).digest('hex');
  const path = new URL(`${hash}.js`, KEPT);
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const code = strip(source.toString('utf8'), url);
  keep(path, code);
  return code;
}

/** @throws SyntaxError whose message begins with `file:line:column: `, both counted from 1 */
function strip(source, url) {
  try {
    return require(STRIPPER).transformSync(source, { mode: 'strip-only', filename: url }).code;
  } catch (error) {
    // It throws plain objects, with a drawing of the place.
    const { message = String(error), snippet = '', startLine = 1, startColumn = 0 } = error ?? {};
    const place = `${fileURLToPath(url)}:${startLine}:${startColumn + 1}`;
    throw new SyntaxError(`${place}: ${message}\n${snippet}`);
  }
}

/** Keeps a module for the next process; where nothing can be written, every process does the work. */
function keep(path, code) {
  const part = new URL(`${path.href}.${process.pid}`);
  try {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(part, code);
    renameSync(part, path);
  } catch (error) {
    if (!NOT_WRITTEN.includes(error.code)) throw error;
  }
}

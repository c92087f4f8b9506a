// How a TypeScript module is loaded where Node does not know how: types become blanks, so that every
// line and column stays where it was. What comes out is kept, since it takes longer than all else.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const STRIPPER = '@swc/wasm-typescript';
const { version: VERSION } = require(`${STRIPPER}/package.json`);

/** Modules without their types: they belong to whoever installed the packages, and go with them. */
const KEPT = new URL('../../../node_modules/.cache/typescript/', import.meta.url);

/** Errors of a folder that cannot be written, or where another process was as quick. */
const NOT_WRITTEN = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOSPC', 'EBUSY'];

/**
 * Our modules are named in full, so that nothing has to be looked for.
 *
 * @type {import('node:module').ResolveHook}
 */
export function resolve(specifier, context, next) {
  if (!/^\.\.?\/.*\.m?ts$/.test(specifier)) return next(specifier, context);
  return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
}

/**
 * Works without waiting: this thread has nothing else to do.
 *
 * @type {import('node:module').LoadHook}
 */
export function load(url, context, next) {
  if (!/^file:.*\.m?ts(?:\?|$)/.test(url)) return next(url, context);
  return { format: 'module', source: withoutTypes(url), shortCircuit: true };
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

function strip(source, url) {
  try {
    return require(STRIPPER).transformSync(source, { mode: 'strip-only', filename: url }).code;
  } catch (error) {
    // It throws plain objects, with a drawing of the place.
    throw new SyntaxError(`${url}: ${error?.message ?? String(error)}\n${error?.snippet ?? ''}`);
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

// How a TypeScript module is loaded: types become blanks, so that every line and column stays where it
// was. Packages that it imports are required instead, through a module made for each, their door. What
// comes out is kept, since it takes longer than all else.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { isModuleNamespaceObject } from 'node:util/types';

const require = createRequire(import.meta.url);
const STRIPPER = '@swc/wasm-typescript';
const { version: VERSION } = require(`${STRIPPER}/package.json`);

/** Modules without their types, and doors: they belong to whoever installed the packages, and go with them. */
const KEPT = new URL('../../../node_modules/.cache/typescript/', import.meta.url);

/** Folder of the package that a file is of. */
const PACKAGE = /^file:.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//;

/** Errors of a folder that cannot be written, or where another process was as quick. */
const NOT_WRITTEN = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOSPC', 'EBUSY'];

/** Where packages were found that our modules import; every one of ours finds the same. */
const found = new Map();

/** Modules that stand before those of packages, by address. */
const doors = new Map();

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
  if (!/^[@a-z]/.test(specifier)) return next(specifier, context);
  const resolved = { ...(await resolvePackage(specifier, context, next)), shortCircuit: true };
  found.set(specifier, resolved);
  return resolved;
}

/** Finds a package, and its door where it can have one: not where it can only be imported. */
async function resolvePackage(specifier, context, next) {
  const conditions = context.conditions.map((name) => (name === 'import' ? 'require' : name));
  const [imported, required] = await Promise.all([
    next(specifier, context),
    next(specifier, { ...context, conditions }).catch(() => null),
  ]);
  const [folder] = PACKAGE.exec(required?.url) ?? [];
  if (folder === undefined || (required.format ?? 'commonjs') !== 'commonjs') return imported;
  const door = await doorOf(imported.url, required.url, folder);
  if (door.length === 0) return imported;
  doors.set(imported.url, door);
  return { ...imported, format: 'module' };
}

/**
 * Works without waiting: this thread has nothing else to do.
 *
 * @type {import('node:module').LoadHook}
 */
export function load(url, context, next) {
  const door = doors.get(url);
  if (door !== undefined) return { format: 'module', source: door, shortCircuit: true };
  if (!isOurs(url)) return next(url, context);
  return { format: 'module', source: withoutTypes(url), shortCircuit: true };
}

function isOurs(url) {
  return url !== undefined && /^file:.*\.m?ts(?:\?|$)/.test(url);
}

/**
 * Finds the module that requires a package and exports what an import of it gives, or makes it. Node asks
 * this thread twice for each module that is imported, and a package may have a hundred; of one that it
 * requires it reads all files for their names before, in every process.
 *
 * @returns nothing where what is required lacks one of the names
 */
async function doorOf(imported, required, folder) {
  const manifest = readFileSync(new URL('package.json', folder));
  const places = [imported, required].map((url) => url.slice(folder.length));
  const path = keptPath(JSON.stringify(places), manifest);
  const kept = readKept(path);
  if (kept !== null) return kept;
  let code;
  try {
    code = makeDoor(places, await import(imported), require(fileURLToPath(required)));
  } catch {
    // What cannot be loaded says why where it is imported.
    return '';
  }
  keep(path, code);
  return code;
}

function makeDoor([imported, required], all, found) {
  const names = Object.keys(all);
  // Of a package in two forms that were compiled from one, `default` is a name as others are.
  const isWhole = (name) =>
    name === 'default' && (imported === required || found.__esModule !== true);
  if (isModuleNamespaceObject(found)) return '';
  if (!names.every((name) => isWhole(name) || name in found)) return '';
  const place = `./${relative(dirname(imported), required)}`;
  const exported = names.map((name, index) => {
    const text = JSON.stringify(name);
    const value = isWhole(name) ? 'found' : `found[${text}]`;
    return `const _${index} = ${value};\nexport { _${index} as ${text} };`;
  });
  return [
    "import { createRequire } from 'node:module';",
    `const found = createRequire(import.meta.url)(${JSON.stringify(place)});`,
    ...exported,
  ].join('\n');
}

/** Finds a module without its types, or takes them out. */
function withoutTypes(url) {
  const source = readFileSync(new URL(url));
  const path = keptPath(VERSION, source);
  const kept = readKept(path);
  if (kept !== null) return kept;
  const code = strip(source.toString('utf8'), url);
  keep(path, code);
  return code;
}

/** Where that is kept which is made of these. */
function keptPath(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new URL(`${hash.digest('hex')}.js`, KEPT);
}

function readKept(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return null;
  }
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

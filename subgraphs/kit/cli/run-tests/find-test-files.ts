// Finds the test files of a run: all of the project's, or those that the arguments name. Node 20
// expands no patterns itself, and a shell on Windows does not either.
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

/** Folders of the project that hold tests. */
const ROOTS = ['gateway', 'subgraphs'] as const;

/** What `sector new` copies is made of placeholders and is not run where it lies. */
const EXCLUDED = ['node_modules', 'subgraphs/kit/template'] as const;

/**
 * Lists test files, sorted, as absolute paths.
 *
 * @param patterns each a test file, a folder, or a pattern with `*` (within a name) and `**` (any
 *   folders), relative to the project; none stands for everything
 * @throws Error naming a pattern that fits no test file
 */
export async function findTestFiles(
  project: string,
  patterns: readonly string[],
): Promise<readonly string[]> {
  const all = (await Promise.all(ROOTS.map((root) => listTests(project, root)))).flat();
  if (patterns.length === 0) return all.sort();
  const found = new Set<string>();
  for (const pattern of patterns) {
    const fitting = await select(project, all, pattern);
    if (fitting.length === 0) throw new Error(`No test file fits "${pattern}".`);
    for (const file of fitting) found.add(file);
  }
  return [...found].sort();
}

async function listTests(project: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(project, folder), { withFileTypes: true }).catch(() => []);
  const found = entries.map(async (entry) => {
    const path = `${folder}/${entry.name}`;
    if (EXCLUDED.some((excluded) => path === excluded || entry.name === excluded)) return [];
    if (entry.isDirectory()) return listTests(project, path);
    return entry.name.endsWith('.test.ts') ? [join(project, path)] : [];
  });
  return (await Promise.all(found)).flat();
}

async function select(
  project: string,
  all: readonly string[],
  pattern: string,
): Promise<readonly string[]> {
  const path = resolve(project, pattern);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [path];
  if (found?.isDirectory()) return all.filter((file) => file.startsWith(path + sep));
  const fits = patternToRegExp(pattern);
  return all.filter((file) => fits.test(relative(project, file).replaceAll(sep, '/')));
}

function patternToRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/^\.\//, '')
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      return part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
    })
    .join('');
  return new RegExp(`^${source}$`);
}

// What the images hold: every file that their processes import is copied into them, and every package
// is one that they install. No container engine is needed to know.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

/** The sources of `COPY` in one stage of a Dockerfile, from the project's root. */
async function copiedIn(file: string, stage: number, sector = ''): Promise<readonly string[]> {
  const text = await readFile(join(ROOT, 'docker', file), 'utf8');
  const [, ...stages] = text.split(/^FROM /m);
  const lines = stages.at(stage)?.match(/^COPY (?!--from).*$/gm) ?? [];
  return lines.flatMap((line) =>
    // The last word is the place in the image.
    line.replaceAll('${SECTOR}', sector).split(/\s+/).slice(1, -1),
  );
}

/** Every file of ours, and every package, that a file needs, through all that it imports. */
async function neededBy(entries: readonly string[]): Promise<{
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}> {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = entries.map((entry) => join(ROOT, entry));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const name = relative(ROOT, path);
    if (files.has(name)) continue;
    files.add(name);
    if (!/\.tsx?$/.test(path)) continue;
    const text = await readFile(path, 'utf8');
    const imports =
      /^(?:import|export)(?! type\b)[^;'"]*? from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
    for (const [, from, bare, dynamic] of text.matchAll(imports)) {
      const target = (from ?? bare ?? dynamic ?? '').replace(/\?.*$/, '');
      if (target.startsWith('.')) waiting.push(join(dirname(path), target));
      else if (!isBuiltin(target)) packages.add(packageOf(target));
    }
  }
  return { files, packages };
}

function packageOf(target: string): string {
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}

/** Reads .dockerignore: whether a file is kept out of every image. The last line that fits decides. */
async function readIgnored(): Promise<(file: string) => boolean> {
  const text = await readFile(join(ROOT, '.dockerignore'), 'utf8');
  const rules = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const pattern = line
        .replace(/^!/, '')
        .replaceAll('.', String.raw`\.`)
        .replace('**/', '(.+/)?')
        .replaceAll('*', '[^/]*');
      return { fits: new RegExp(`^${pattern}(/|$)`), ignores: !line.startsWith('!') };
    });
  return (file) => rules.findLast(({ fits }) => fits.test(file))?.ignores ?? false;
}

async function assertCopied(files: ReadonlySet<string>, copied: readonly string[]): Promise<void> {
  const isIgnored = await readIgnored();
  assert.ok(isIgnored('subgraphs/tax/samples/ratings.csv'), 'production has no samples');
  assert.ok(isIgnored('subgraphs/kit/cli/start.test.ts'));
  const missing = [...files].filter(
    (file) =>
      isIgnored(file) || !copied.some((source) => file === source || file.startsWith(`${source}/`)),
  );
  assert.deepEqual(missing, []);
  for (const source of copied) assert.ok(existsSync(join(ROOT, source)), `${source} is not there`);
}

async function productionPackages(): Promise<ReadonlySet<string>> {
  const text = await readFile(join(ROOT, 'package.json'), 'utf8');
  return new Set(Object.keys((JSON.parse(text) as { dependencies: object }).dependencies));
}

test('the stage that builds the page has all that the page is made of', async () => {
  const { files } = await neededBy([
    'gateway/playground/prepare.ts',
    'gateway/playground/page/main.tsx',
  ]);
  assert.ok(files.size > 100, `only ${files.size} files were found`);
  await assertCopied(files, await copiedIn('gateway.Dockerfile', 0));
});

test('the image of the gateway has its files, and the packages without those for development', async () => {
  const { files, packages } = await neededBy(['gateway/main.ts']);
  assert.ok(files.size > 100, `only ${files.size} files were found`);
  await assertCopied(files, await copiedIn('gateway.Dockerfile', -1));
  const installed = await productionPackages();
  const missing = [...packages].filter((name) => !installed.has(name));
  // The page is built in another stage: where it is built already, its bundler is never asked for.
  assert.deepEqual(
    missing.filter((name) => !name.startsWith('vite') && name !== '@vitejs/plugin-react'),
    [],
  );
});

for (const sector of ['registry', 'tax', 'environment', 'construction', 'courts', 'ecommerce']) {
  test(`the image of ${sector} has its files, and none of another sector`, async () => {
    const { files, packages } = await neededBy([
      ...['subgraphs/kit/cli/subgraph.ts', 'subgraphs/kit/cli/verbs/import.ts'],
      ...['subgraphs/kit/cli/verbs/migrate.ts', `subgraphs/${sector}/sector.ts`, 'supergraph.yaml'],
    ]);
    await assertCopied(files, await copiedIn('subgraph.Dockerfile', -1, sector));
    const installed = await productionPackages();
    assert.deepEqual(
      [...packages].filter((name) => !installed.has(name)),
      [],
    );
  });
}

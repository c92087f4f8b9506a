import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';

describe('typescript: sources run as they are', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'credit-typescript-'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  });
  after(() => rm(folder, { recursive: true }));

  const run = async (
    main: string,
    other = '',
  ): Promise<{ status: number | null; text: string }> => {
    await writeFile(join(folder, 'main.ts'), main);
    await writeFile(join(folder, 'other.ts'), other);
    const words = ['--import', import.meta.resolve('#typescript'), join(folder, 'main.ts')];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    return { status, text: `${stdout}${stderr}` };
  };

  test('types are left out, and a changed file is read anew, as often as it changes', async () => {
    const main = `
      import { value, type Shape } from './other.ts';
      const shown: Shape = value satisfies Shape;
      console.log(shown.text as string);`;
    const other = (text: string): string => `
      export interface Shape { readonly text: string }
      export const value: Shape = { text: '${text}' };`;
    for (const text of ['first', 'second', 'first']) {
      assert.deepEqual(await run(main, other(text)), { status: 0, text: `${text}\n` });
    }
  });

  test('an error tells line and column of the source', async () => {
    const { status, text } = await run(`
      interface Long {
        readonly name: string;
      }
      const fail = (of: Long): never => { throw new Error(of.name); };
      fail({ name: 'here' });`);
    assert.equal(status, 1);
    assert.match(text, /Error: here\n.*main\.ts:5:49\)?\n.*main\.ts:6:7/);
  });

  const install = async (name: string, files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, 'node_modules', name, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  };

  test('a package gives what an import of it gives, by each of its names', async () => {
    await install('required', {
      'package.json': '{ "name": "required", "version": "1.0.0", "main": "lib/main.js" }',
      'lib/main.js': `exports.__esModule = true;
        exports.named = 'named';
        exports.default = 'inner';
        for (const name of Object.keys(require('./more.js'))) exports[name] = 'not told';`,
      'lib/more.js': `exports.hidden = 1;`,
    });
    const main = `import whole, * as all from 'required';
      console.log(Object.keys(all).sort().join(), whole.default, all.named);`;
    const wanted = { status: 0, text: '__esModule,default,named inner named\n' };
    for (const time of [1, 2]) assert.deepEqual(await run(main), wanted, String(time));
  });

  test('a package of another version is read anew', async () => {
    for (const version of ['1.0.0', '1.0.1']) {
      const name = `v${version.replaceAll('.', '')}`;
      await install('renewed', {
        'package.json': `{ "name": "renewed", "version": "${version}" }`,
        'index.js': `exports.${name} = '${version}';`,
      });
      const main = `import { ${name} as found } from 'renewed'; console.log(found);`;
      assert.deepEqual(await run(main), { status: 0, text: `${version}\n` });
    }
  });

  test('a package in two forms is required where that gives the same, and imported else', async () => {
    const exported = '{ "import": "./esm/index.js", "require": "./cjs/index.cjs" }';
    const inForms = (name: string, imported: string): Promise<void> =>
      install(name, {
        'package.json': `{ "name": "${name}", "version": "1.0.0", "type": "module", "exports": ${exported} }`,
        'cjs/index.cjs': `exports.__esModule = true; exports.form = 'required'; exports.default = 1;`,
        'esm/index.js': imported,
      });
    await inForms('same', `export const form = 'imported'; export default 1;`);
    await inForms('more', `export const form = 'imported', other = 2; export default 1;`);
    await install('only', {
      'package.json':
        '{ "name": "only", "version": "1.0.0", "exports": { "import": "./index.mjs" } }',
      'index.mjs': `export const form = 'imported';`,
    });
    await install('untold', {
      'package.json': '{ "name": "untold", "version": "1.0.0" }',
      'index.js': `export const form = 'imported';`,
    });
    const { status, text } = await run(`
      import one, { form as same } from 'same';
      import * as more from 'more';
      import { form as only } from 'only';
      import { form as untold } from 'untold';
      console.log(one, same, more.form, more.other, only, untold);`);
    assert.equal(text, '1 required imported 2 imported imported\n');
    assert.equal(status, 0);
  });

  test('a package that cannot be loaded says why', async () => {
    await install('broken', {
      'package.json': '{ "name": "broken", "version": "1.0.0" }',
      'index.js': `throw new Error('no such machine');`,
    });
    const { status, text } = await run(`import 'broken';`);
    assert.equal(status, 1);
    assert.match(text, /node_modules\/broken\/index\.js:1\n[^]*Error: no such machine/);
  });

  test('what is no TypeScript, or more than types, names its place', async () => {
    for (const [main, problem] of [
      ['const a = 1;\nlet b: = 3;', /SyntaxError.*main\.ts:2:8: Unexpected token/],
      ['enum Colour { Red }', /SyntaxError.*main\.ts:1:1: TypeScript enum is not supported/],
    ] as const) {
      const { status, text } = await run(main);
      assert.equal(status, 1);
      assert.match(text, problem);
    }
  });
});

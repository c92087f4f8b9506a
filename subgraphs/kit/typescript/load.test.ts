import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

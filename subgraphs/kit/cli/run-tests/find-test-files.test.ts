import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findTestFiles } from './find-test-files.ts';

describe('the test files of a run', () => {
  let project: string;
  before(async () => {
    project = await mkdtemp(join(await realpath(tmpdir()), 'credit-graph-files-'));
    for (const path of [
      'gateway/config.test.ts',
      'gateway/config.ts',
      'gateway/limits/depth.test.ts',
      'gateway/node_modules/x/x.test.ts',
      'subgraphs/tax/tax.test.ts',
      'subgraphs/kit/template/sector.test.ts',
      'docker/other.test.ts',
    ]) {
      await mkdir(dirname(join(project, path)), { recursive: true });
      await writeFile(join(project, path), '');
    }
  });
  after(() => rm(project, { recursive: true }));

  async function find(...patterns: readonly string[]): Promise<readonly string[]> {
    return (await findTestFiles(project, patterns)).map((file) => relative(project, file));
  }

  const all = [
    'gateway/config.test.ts',
    'gateway/limits/depth.test.ts',
    'subgraphs/tax/tax.test.ts',
  ];

  test('are all of gateway and subgraphs, but no packages and no template', async () => {
    assert.deepEqual(await find(), all);
  });

  test('are those that files, folders and patterns name, once each', async () => {
    assert.deepEqual(await find('gateway/config.test.ts'), all.slice(0, 1));
    assert.deepEqual(await find('./gateway/'), all.slice(0, 2));
    assert.deepEqual(await find('**/*.test.ts', 'gateway'), all);
    assert.deepEqual(await find('gateway/*.test.ts'), all.slice(0, 1));
    assert.deepEqual(await find('**/t*.test.ts'), all.slice(2));
  });

  test('are asked for in vain by a pattern that fits none', async () => {
    await assert.rejects(find('gateway', 'gatewya/**'), /No test file fits "gatewya\/\*\*"/);
  });
});

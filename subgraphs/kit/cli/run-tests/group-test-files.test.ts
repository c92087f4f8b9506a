import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { groupTestFiles } from './group-test-files.ts';

const PROJECT = join(import.meta.dirname, 'project');

function groups(...paths: readonly string[]): unknown {
  const files = paths.map((path) => join(PROJECT, path));
  return groupTestFiles(PROJECT, files).map(({ name, files: members }) => [
    name,
    members.map((file) => paths[files.indexOf(file)]),
  ]);
}

test('the files of one folder share a process, those of another do not', () => {
  assert.deepEqual(
    groups('subgraphs/tax/a.test.ts', 'gateway/limits/b.test.ts', 'subgraphs/tax/c.test.ts'),
    [
      ['gateway-limits', ['gateway/limits/b.test.ts']],
      ['subgraphs-tax', ['subgraphs/tax/a.test.ts', 'subgraphs/tax/c.test.ts']],
    ],
  );
});

test('a file that takes long has its own', () => {
  assert.deepEqual(groups('gateway/test/publish/a.test.ts', 'gateway/test/publish/b.test.ts'), [
    ['gateway-test-publish-a.test.ts', ['gateway/test/publish/a.test.ts']],
    ['gateway-test-publish-b.test.ts', ['gateway/test/publish/b.test.ts']],
  ]);
});

test('what takes longest is begun first', () => {
  assert.deepEqual(
    groups('gateway/access/a.test.ts', 'gateway/test/guide/b.test.ts', 'gateway/c.test.ts'),
    [
      ['gateway-test-guide', ['gateway/test/guide/b.test.ts']],
      ['gateway', ['gateway/c.test.ts']],
      ['gateway-access', ['gateway/access/a.test.ts']],
    ],
  );
});

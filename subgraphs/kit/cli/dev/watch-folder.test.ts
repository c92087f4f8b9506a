import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchFolder } from './watch-folder.ts';

test('tells what is changed, renamed into place, made in new folders and taken away', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'credit-watch-'));
  const seen: string[] = [];
  await writeFile(join(folder, 'schema.graphql'), 'one');
  await writeFile(join(folder, 'notes.md'), 'one');
  const watch = await watchFolder({
    folder,
    everyMs: 10,
    isWatched: (path) => !path.endsWith('.md') && !path.endsWith('.new'),
    onChange: (paths) => {
      seen.push(...paths.map((path) => relative(folder, path)));
      return Promise.resolve();
    },
    onError: (error) => seen.push(String(error)),
  });
  t.after(async () => {
    await watch.close();
    await rm(folder, { recursive: true, force: true });
  });
  const next = async (): Promise<readonly string[]> => {
    for (let left = 1_000; seen.length === 0 && left > 0; left -= 1) await sleep(10);
    return seen.splice(0).sort();
  };
  await writeFile(join(folder, 'schema.graphql'), 'another');
  assert.deepEqual(await next(), ['schema.graphql']);
  await writeFile(join(folder, 'schema.graphql.new'), 'third!!');
  await rename(join(folder, 'schema.graphql.new'), join(folder, 'schema.graphql'));
  assert.deepEqual(await next(), ['schema.graphql']);
  await mkdir(join(folder, 'imports'));
  await writeFile(join(folder, 'imports', 'ratings.ts'), '');
  assert.deepEqual(await next(), ['imports/ratings.ts']);
  await writeFile(join(folder, 'notes.md'), 'another');
  await rm(join(folder, 'imports'), { recursive: true });
  assert.deepEqual(await next(), ['imports/ratings.ts']);
});

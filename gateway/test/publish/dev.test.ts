// `dev` in a copy of the project, with the real command: what is saved is served, and what is broken is
// told while what was served before still is. Only the registry runs beside the sector, for speed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DevStatus } from '../../../subgraphs/kit/cli/dev/dev-status.ts';
import { ask } from '../graph-under-test.ts';
import { copyProject } from '../guide/copy-project.ts';

const OTHERS = ['ENVIRONMENT', 'CONSTRUCTION', 'COURTS', 'ECOMMERCE'];
const DEADLINE_MS = 120_000;

/** Nothing listens there: these sectors are not started, and are unavailable. */
const NOWHERE = 'http://127.0.0.1:9/graphql';

async function until<T>(what: string, look: () => Promise<T | null> | T | null): Promise<T> {
  const untilMs = performance.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    assert.ok(performance.now() < untilMs, what);
    await sleep(50);
  }
}

test('serves what is saved, and tells what is wrong while the last good graph serves', async (t) => {
  const project = await copyProject();
  const data = `${project}-data`;
  const statusFile = join(data, 'dev-status.json');
  const child = spawn(
    process.execPath,
    ['--import', '#typescript', 'subgraphs/kit/cli/main.ts', 'dev', 'tax'],
    {
      cwd: project,
      env: {
        ...process.env,
        ...Object.fromEntries(OTHERS.map((name) => [`SUBGRAPH_URL_${name}`, NOWHERE])),
        DATA_DIR: data,
        PORT: '0',
        SUBGRAPH_PORT_TAX: '0',
        SUBGRAPH_PORT_REGISTRY: '0',
        SAMPLES: 'off',
        PLAYGROUND: 'off',
        LOG_FORM: 'text',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await rm(project, { recursive: true, force: true });
    await rm(data, { recursive: true, force: true });
  });
  const url = await until('the graph answers', () => {
    assert.equal(child.exitCode, null, output);
    return output.includes('watching') ? (/answers on (\S+);/.exec(output)?.[1] ?? null) : null;
  });
  const statusWhen = (isMet: (status: DevStatus) => boolean): Promise<DevStatus> =>
    until(`the status\n${output}`, async () => {
      const status = JSON.parse(await readFile(statusFile, 'utf8')) as DevStatus;
      return isMet(status) ? status : null;
    });
  const fieldsOf = async (): Promise<string> =>
    (await ask({ url }, '{ __type(name: "TaxSection") { fields { name } } }')).text;

  const schemaFile = join(project, 'subgraphs/tax/schema.graphql');
  const resolversFile = join(project, 'subgraphs/tax/resolvers.ts');
  const schema = await readFile(schemaFile, 'utf8');
  const resolvers = await readFile(resolversFile, 'utf8');
  const withField = (type: string): string =>
    schema.replace(
      /(type TaxSection [^{]*\{)/,
      `$1\n  "Asked by a test." testNote: ${type} @requiresScopes(scopes: [["credit:public"]])`,
    );

  const savedMs = performance.now();
  await writeFile(
    resolversFile,
    resolvers.replace('coverage(),', "coverage(),\n    testNote: () => 'seen',"),
  );
  await writeFile(schemaFile, withField('String'));
  await until(`the new field\n${output}`, async () =>
    (await fieldsOf()).includes('testNote') ? true : null,
  );
  t.diagnostic(`saved to served: ${((performance.now() - savedMs) / 1000).toFixed(1)} s`);
  await statusWhen(({ state }) => state === 'ok');

  // What would break callers is told, and served all the same: nothing is published by working on it.
  await writeFile(schemaFile, withField('String').replace('ratingYear: Int!', 'ratingYear: Int'));
  const breaking = await statusWhen(({ problems }) =>
    problems.some(({ rule }) => rule === 'contract'),
  );
  assert.equal(breaking.state, 'ok');
  assert.match(output, /ratingYear changed type/);

  await writeFile(schemaFile, withField('NoSuchType'));
  const broken = await statusWhen(({ state }) => state === 'failed');
  const [problem] = broken.problems;
  assert.equal(broken.sector, 'tax');
  assert.equal(problem?.file, 'subgraphs/tax/schema.graphql');
  assert.match(problem.message, /NoSuchType/);
  assert.ok(problem.line !== null && problem.line > 1);
  assert.ok(problem.remedy);
  assert.match(output, /schema\.graphql:\d+:\d+.*\n.*NoSuchType/);
  assert.match(await fieldsOf(), /testNote/);

  await writeFile(schemaFile, withField('String'));
  await statusWhen(({ state }) => state === 'ok');

  await writeFile(resolversFile, resolvers.replace('coverage(),', 'coverage(,'));
  const unread = await statusWhen(({ state }) => state === 'failed');
  assert.equal(unread.problems[0]?.file, 'subgraphs/tax/resolvers.ts');
  assert.match(await fieldsOf(), /testNote/);

  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null], output);
  await assert.rejects(readFile(statusFile), /ENOENT/);
});

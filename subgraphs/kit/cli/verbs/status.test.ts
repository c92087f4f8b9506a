// The verb as a process, where nothing was ever started.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { childEnvironment, PROJECT_DIRECTORY } from '../config.ts';

const TIMEOUT_MS = 60_000;

test('tells of a sector that has no database yet, makes none, and ends with 1', async (t) => {
  const parent = await mkdtemp(join(tmpdir(), 'credit-status-'));
  t.after(() => rm(parent, { recursive: true }));
  const directory = join(parent, 'data');
  const words = ['--import', '#typescript', 'subgraphs/kit/cli/main.ts', 'status', 'tax', '--json'];
  const { code, stdout, stderr } = await new Promise<{
    code: unknown;
    stdout: string;
    stderr: string;
  }>((resolve) => {
    const env = childEnvironment({
      DATA_DIR: directory,
      SUBGRAPH_PORT_TAX: '1',
      SUPERGRAPH_FILE: join(parent, 'none.graphql'),
    });
    const options = { cwd: PROJECT_DIRECTORY, env, timeout: TIMEOUT_MS };
    execFile(process.execPath, words, options, (error, out, err) => {
      resolve({ code: error?.code ?? 0, stdout: out, stderr: err });
    });
  });
  assert.equal(code, 1, stderr);
  const { sectors, attention } = JSON.parse(stdout) as {
    sectors: { sector: string; database: unknown; subgraph: unknown }[];
    attention: { message: string }[];
  };
  const [tax] = sectors;
  assert.equal(sectors.length, 1);
  assert.deepEqual(
    [tax?.sector, tax?.database, tax?.subgraph],
    ['tax', { kind: 'missing' }, { kind: 'not running', address: 'http://127.0.0.1:1/graphql' }],
  );
  assert.ok(attention.some(({ message }) => message === 'its database is not there'));
  // The file that gateways follow counts, not the one that is checked in.
  assert.ok(
    attention.some(({ message }) => message === 'its schema is not in the published graph'),
  );
  assert.equal(existsSync(directory), false, 'the data folder was not made');
});

// The sector team's guide, followed to the letter in a copy of the project, until the running gateway
// answers with the records of a sector that was not there before.
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { childEnvironment, PROJECT_DIRECTORY } from '../../../subgraphs/kit/cli/config.ts';
import { listSectors } from '../../../subgraphs/kit/cli/sectors.ts';
import { copyProject } from './copy-project.ts';
import { followGuide } from './follow-guide.ts';
import { readGuide } from './read-guide.ts';

const GUIDE = join(PROJECT_DIRECTORY, 'subgraphs/README.md');
const SECTOR = 'transport';

const copy = await copyProject();
const environment = await environmentOf(copy);
// The one thing that differs from the guide: others may use its port on this machine.
const port = environment['PORT'] ?? '';
const follower = followGuide(copy, environment, (command) =>
  command.replaceAll('127.0.0.1:4000', `127.0.0.1:${port}`),
);

after(async () => {
  await follower.stop();
  await rm(copy, { recursive: true });
});

test('the guide leads from nothing to the records of a new sector in the graph', async (t) => {
  const steps = readGuide(await readFile(GUIDE, 'utf8'));
  const expectations = steps.filter(({ kind }) => kind === 'expect-json');
  assert.ok(expectations.length >= 2, 'the guide says what the gateway answers');
  const started = performance.now();
  let answered: number | undefined;
  for (const step of steps) {
    const before = performance.now();
    const written = await follower.take(step);
    const where = `line ${step.line} of the guide`;
    if (step.kind === 'expect-json') {
      assert.deepEqual(JSON.parse(written), JSON.parse(step.text), where);
      answered ??= before - started;
    }
    if (step.kind === 'expect-lines') {
      const lines = new Set(written.split('\n').map((line) => line.trim()));
      for (const line of step.text.split('\n'))
        assert.ok(lines.has(line.trim()), `${where}: ${line}`);
    }
    const [command = ''] = step.text.split('\n');
    t.diagnostic(
      `${((performance.now() - before) / 1_000).toFixed(1)} s  ${step.kind}  ${command}`,
    );
  }
  t.diagnostic(`new to the first answer: ${((answered ?? 0) / 1_000).toFixed(1)} s`);
});

/** Data and ports of its own; everything else as on the machine of a reader. */
async function environmentOf(directory: string): Promise<NodeJS.ProcessEnv> {
  const ports: Record<string, string> = { PORT: String(await freePort()) };
  for (const name of [...listSectors().map((entry) => entry.name), SECTOR]) {
    ports[`SUBGRAPH_PORT_${name.toUpperCase()}`] = String(await freePort());
  }
  const own = childEnvironment({
    ...ports,
    DATA_DIR: join(directory, '.data'),
    PLAYGROUND: 'off',
    LOG_FORM: 'text',
    NO_COLOR: '1',
  });
  // Or the tests that the guide runs would take themselves for a part of this one.
  delete own['NODE_TEST_CONTEXT'];
  return own;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => {
        resolve(free);
      });
    });
  });
}

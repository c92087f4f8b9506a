// `publish` and `rollback` as they are run: the real commands in a copy of the project, on a gateway
// that follows its supergraph. No sector runs; that a running one is asked is tested beside the code.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { startCluster, type Cluster } from '../../../subgraphs/kit/database/embedded/cluster.ts';
import { claimDataFolder } from '../../../subgraphs/kit/database/embedded/data-folder.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { startGateway, type Gateway } from '../../server.ts';
import { ask, testConfig } from '../graph-under-test.ts';
import { copyProject } from '../guide/copy-project.ts';

interface Ran {
  readonly code: number;
  readonly output: string;
}

let project: string;
let data: string;
let cluster: Cluster;
let gateway: Gateway;

before(async () => {
  project = await copyProject();
  // What the supergraph that ships was composed of is found in what was committed.
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.invalid'];
  for (const words of [
    ['init', '-q'],
    ['add', '.'],
    [...who, 'commit', '-q', '-m', 'all'],
  ]) {
    await promisify(execFile)('git', words, { cwd: project, timeout: 60_000 });
  }
  data = `${project}-data`;
  const log = createLog('gateway', 'silent');
  await claimDataFolder(data);
  // It runs for all commands, which would each start it.
  cluster = await startCluster({ directory: data, log });
  const file = join(project, 'gateway/supergraph/supergraph.graphql');
  gateway = await startGateway(testConfig({ SUPERGRAPH_FILE: file }), { log });
});

after(async () => {
  await gateway.stop();
  await cluster.stop();
  await rm(project, { recursive: true, force: true });
  await rm(data, { recursive: true, force: true });
});

/** Runs `npm run sector --` with these words. */
function sector(...words: readonly string[]): Promise<Ran> {
  const { port } = new URL(gateway.url);
  const options = {
    cwd: project,
    env: { ...process.env, DATA_DIR: data, PORT: port, LOG_FORM: 'text' },
    timeout: 180_000,
  };
  const main = ['--import', 'tsx', 'subgraphs/kit/cli/main.ts', ...words];
  return new Promise((resolve) => {
    execFile(process.execPath, main, options, (error, stdout, stderr) => {
      const code = error ? Number((error as { code?: unknown }).code ?? -1) : 0;
      resolve({ code, output: stdout + stderr });
    });
  });
}

const publish = (name: string, ...words: readonly string[]): Promise<Ran> =>
  sector('publish', name, '--not-running', ...words);

async function fieldsOf(type: string): Promise<readonly string[]> {
  const { body } = await ask(gateway, `{ __type(name: "${type}") { fields { name } } }`);
  const found = body.data?.['__type'] as { fields: { name: string }[] };
  return found.fields.map(({ name }) => name);
}

/** Edits a file of the copy; returns what undoes it. */
async function edit(
  path: string,
  change: (text: string) => string,
): Promise<{ readonly undo: () => Promise<void> }> {
  const file = join(project, path);
  const text = await readFile(file, 'utf8');
  assert.notEqual(change(text), text, path);
  await writeFile(file, change(text));
  return { undo: () => writeFile(file, text) };
}

/** Adds a field that everybody may see to the section of a sector. */
const withField =
  (section: string, field: string) =>
  (text: string): string =>
    text.replace(
      new RegExp(`(type ${section} [^{]*\\{)`),
      `$1\n  "Asked by a test."\n  ${field}: String\n`,
    );

const TAX = 'subgraphs/tax/schema.graphql';
const COURTS = 'subgraphs/courts/schema.graphql';
const COURT_SECTION = 'CourtSection';

test('publishes two sectors at once, each without what the other has not published', async (t) => {
  await edit(TAX, withField('TaxSection', 'taxNote'));
  await edit(COURTS, withField(COURT_SECTION, 'courtNote'));
  const [tax, courts] = await Promise.all([publish('tax'), publish('courts')]);
  assert.equal(tax.code, 0, tax.output);
  assert.equal(courts.code, 0, courts.output);
  const served = /served by \S+ after (\S+) s/.exec(tax.output + courts.output);
  assert.ok(served, tax.output + courts.output);
  t.diagnostic(`written to served: ${served[1] ?? ''} s`);
  assert.ok((await fieldsOf('TaxSection')).includes('taxNote'));
  assert.ok((await fieldsOf(COURT_SECTION)).includes('courtNote'));
  const history = await sector('publish', '--history');
  assert.match(history.output, /\* 3 .* published .*\n. 2 .* published .*\n. 1 .* adopted/);
});

test('refuses what does not compose, and the graph that is published stays', async () => {
  const broken = await edit(TAX, (text) => text.replace('taxNote: String', 'taxNote: NoSuchType'));
  const refused = await publish('tax');
  await broken.undo();
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, /subgraphs\/tax\/schema\.graphql:\d+:\d+/);
  assert.match(refused.output, /not published\. The published graph is as it was/);
  assert.ok((await fieldsOf('TaxSection')).includes('taxNote'));
});

test('shows a field to more callers only where its sector says so, and goes back only so', async () => {
  const narrowed = await edit(TAX, (text) =>
    text.replace(
      'taxNote: String',
      'taxNote: String @requiresScopes(scopes: [["credit:government"]])',
    ),
  );
  const narrow = await publish('tax', '--operations', '/dev/null');
  assert.equal(narrow.code, 0, narrow.output);
  assert.equal((await fieldsOf('TaxSection')).includes('taxNote'), false);

  // Back to the graph in which everybody sees it: not without a word.
  const back = await sector('rollback');
  assert.equal(back.code, 1, back.output);
  assert.match(back.output, /TaxSection\.taxNote/);

  await narrowed.undo();
  const refused = await publish('tax');
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, /--accept-widening/);
  assert.equal((await fieldsOf('TaxSection')).includes('taxNote'), false);
  const widened = await publish('tax', '--accept-widening', '--json');
  assert.equal(widened.code, 0, widened.output);
  const { entry } = JSON.parse(widened.output) as {
    entry: { widenings: { coordinate: string; gains: string[] }[] };
  };
  assert.deepEqual(
    entry.widenings.map(({ coordinate }) => coordinate),
    ['TaxSection.taxNote'],
  );
  assert.ok(entry.widenings[0]?.gains.includes('anonymous'));
  assert.ok((await fieldsOf('TaxSection')).includes('taxNote'));
});

test('goes back to any graph that opens, and to no other', async () => {
  const first = await sector('rollback', '--to', '1');
  assert.equal(first.code, 0, first.output);
  assert.match(first.output, /served by/);
  assert.match(first.output, /The schemas that went back: tax, courts\./);
  assert.equal((await fieldsOf('TaxSection')).includes('taxNote'), false);
  const unknown = await sector('rollback', '--to', 'ffffffff');
  assert.equal(unknown.code, 1, unknown.output);
  assert.match(unknown.output, /No published graph begins with/);
});

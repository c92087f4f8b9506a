// What the author of a supergraph.yaml reads when it is malformed.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readSupergraphConfig } from './supergraph-config.ts';

let directory: string;
let path: string;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credit-supergraph-'));
  path = join(directory, 'supergraph.yaml');
});

after(() => rm(directory, { recursive: true }));

async function refuses(text: string, ...messages: RegExp[]): Promise<void> {
  await writeFile(path, text);
  assert.throws(
    () => readSupergraphConfig(path),
    (error) => {
      assert.ok(error instanceof Error);
      // Such an error is shown by its message alone: it is for the author, not a defect.
      assert.equal(error.name, 'Error');
      assert.ok(error.message.startsWith(`${path}: `));
      for (const message of messages) assert.match(error.message, message);
      return true;
    },
  );
}

const subgraph = (
  name: string,
  url = 'http://127.0.0.1:4001/graphql',
  file = 'a.graphql',
): string => `  ${name}:\n    routing_url: ${url}\n    schema:\n      file: ${file}\n`;
const HEAD = 'federation_version: =2.14.4\nsubgraphs:\n';

test('reads subgraphs in the order of the file, with absolute paths', async () => {
  await writeFile(path, HEAD + subgraph('tax') + subgraph('courts', 'https://c/graphql', '../b'));
  assert.deepEqual(readSupergraphConfig(path), [
    {
      name: 'tax',
      routingUrl: 'http://127.0.0.1:4001/graphql',
      schemaFile: join(directory, 'a.graphql'),
    },
    { name: 'courts', routingUrl: 'https://c/graphql', schemaFile: join(directory, '../b') },
  ]);
});

test('names the line of a text that is no YAML', async () => {
  await refuses(`${HEAD}  tax: [`, /at line 3/);
  await refuses(`${HEAD}${subgraph('tax')}${subgraph('tax')}`, /keys must be unique at line 7/);
  await refuses('\tsubgraphs: 1', /at line 1/);
});

test('names every entry that is missing, wrong or unknown', async () => {
  await refuses('', /expected object/);
  await refuses('just a text', /expected object/);
  await refuses(
    `${HEAD}  tax:\n    routing_url: here\n    schema:\n      url: x\n    extra: 1\n`,
    /subgraphs\.tax\.routing_url/,
    /subgraphs\.tax\.schema\.file/,
    /"extra"/,
  );
  await refuses(`${HEAD}${subgraph('tax')}rules: 1\n`, /"rules"/);
  await refuses(HEAD + subgraph('tax', 'file:///etc/passwd'), /an http or https URL is expected/);
});

test('names a subgraph that cannot be called so', async () => {
  await refuses(HEAD + subgraph('Tax'), /names are lower-case letters and digits/);
  await refuses(HEAD + subgraph('tax-office'), /names are lower-case letters and digits/);
  await refuses(
    HEAD + subgraph('__proto__'),
    /names are lower-case letters and digits|no subgraph/,
  );
  await refuses(HEAD + subgraph('gateway'), /gateway is the name of the gateway/);
});

test('refuses no subgraph at all, and two at one address', async () => {
  await refuses(`${HEAD}  {}\n`, /no subgraph is named/);
  await refuses(
    HEAD + subgraph('tax') + subgraph('courts'),
    /two subgraphs have the address http:\/\/127\.0\.0\.1:4001\/graphql/,
  );
});

test('names a file that is not there', () => {
  assert.throws(() => readSupergraphConfig(join(directory, 'none.yaml')), /ENOENT.*none\.yaml/);
});

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { parseSubgraph } from '../../composition/subgraph.ts';
import { assertRunning } from './assert-running.ts';

const SCHEMA = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes"])
  "A subject." type Subject @key(fields: "code") @requiresScopes(scopes: [["credit:public"]]) {
    code: ID!
    "What it owes." debts(first: Int! = 20): [Int!] @requiresScopes(scopes: [["credit:agency"]])
  }
  type Query { "One of them." subject(code: ID!): Subject }
`;

const subgraphOf = (text: string): ReturnType<typeof parseSubgraph> =>
  parseSubgraph({ name: 'tax', routingUrl: 'http://tax.invalid/', file: 'tax.graphql', text });

/** A subgraph that tells its schema as the libraries do: printed, with what they add. */
async function serve(t: TestContext, answer: () => Promise<object>): Promise<string> {
  const server = createServer((_request, response) => {
    answer().then(
      (body) => response.end(JSON.stringify(body)),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

test('takes the schema of a process for what it says, in whatever form', async (t) => {
  const schema = buildSubgraphSchema({ typeDefs: parse(SCHEMA) });
  const address = await serve(t, () => graphql({ schema, source: '{ _service { sdl } }' }));
  await assertRunning(address, subgraphOf(SCHEMA));
  await assertRunning(address, subgraphOf(SCHEMA.replace('What it owes.', 'Another text.')));
  const others = {
    'it has no Debt': `${SCHEMA} type Debt { a: Int }`,
    'Subject: name: String': SCHEMA.replace('code: ID!\n', 'code: ID!\n name: String\n'),
    'Subject: debts': SCHEMA.replace('credit:agency', 'credit:public'),
    'Subject: @requiresScopes': SCHEMA.replace('credit:public', 'credit:registered'),
    'it has Query still': SCHEMA.replace(/type Query.*/, ''),
  };
  for (const [difference, text] of Object.entries(others)) {
    await assert.rejects(
      assertRunning(address, subgraphOf(text)),
      ({ message }: Error) => message.includes(difference) && message.includes('restart it'),
      difference,
    );
  }
});

test('says what to do where nothing answers, or no subgraph does', async (t) => {
  const own = subgraphOf(SCHEMA);
  await assert.rejects(assertRunning('http://127.0.0.1:9/graphql', own), /--not-running/);
  const nobody = await serve(t, () => Promise.resolve({ data: { hello: 'world' } }));
  await assert.rejects(assertRunning(nobody, own), /is no subgraph/);
});

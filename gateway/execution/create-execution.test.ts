// The executor over sectors that answer what no sector should: nothing of it reaches a caller.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ApolloServer } from '@apollo/server';
import { composeServices } from '@apollo/composition';
import { GraphQLError, parse, type GraphQLFormattedError } from 'graphql';
import { createLog } from '../../subgraphs/kit/log.ts';
import { createExecution } from './create-execution.ts';

const composed = composeServices([
  {
    name: 'one',
    url: 'http://one',
    typeDefs: parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      scalar CreditCode
      type Query { thing(code: CreditCode): Thing }
      type Thing @key(fields: "id") { id: ID! name: String! child: Thing }
    `),
  },
]);

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: unknown;
}

/** Executes against a sector that answers as it is told to. */
async function execute(t: TestContext, answer: () => object, query: string): Promise<Result> {
  const { gateway } = createExecution({
    plannerSdl: composed.supergraphSdl ?? '',
    dataSourceOf: () => ({ process: () => Promise.resolve(answer()) }),
    log: createLog('test', 'silent'),
  });
  const server = new ApolloServer<object>({ gateway, nodeEnv: 'test' });
  await server.start();
  t.after(() => server.stop());
  const contextValue = { requestId: 'request-1', errorsBeside: [BESIDE], codes: [] };
  const { body } = await server.executeOperation({ query }, { contextValue });
  assert.equal(body.kind, 'single');
  return JSON.parse(JSON.stringify(body.singleResult)) as Result;
}

const BESIDE = new GraphQLError('beside', { extensions: { code: 'X', hint: 'y' } });
const INTERNAL = {
  code: 'INTERNAL_SERVER_ERROR',
  hint: 'Report the request id to the operator.',
  requestId: 'request-1',
};

test('keeps the errors that stand beside the answer', async (t) => {
  const result = await execute(t, () => ({ data: { thing: { name: 'n' } } }), '{ thing { name } }');
  assert.deepEqual(result.data, { thing: { name: 'n' } });
  assert.deepEqual(
    result.errors?.map(({ message }) => message),
    ['beside'],
  );
});

test('gives an error to a field that may not be null and is', async (t) => {
  const result = await execute(
    t,
    () => ({ data: { thing: { name: null } } }),
    '{ thing { name } }',
  );
  assert.deepEqual(result.data, { thing: null });
  const { path, extensions } = result.errors?.[1] ?? {};
  assert.deepEqual({ path, extensions }, { path: ['thing', 'name'], extensions: INTERNAL });
  assert.equal(result.extensions, undefined);
});

test('withholds what a fetch throws', async (t) => {
  const answer = (): never => {
    throw new Error('secret of the inside');
  };
  const result = await execute(t, answer, '{ thing { name } }');
  assert.deepEqual(result.errors?.[1]?.extensions, INTERNAL);
  assert.doesNotMatch(JSON.stringify(result), /secret/);
});

test('withholds errors without a hint, and those of a list that is none', async (t) => {
  for (const data of [{ thing: [] }, { thing: 'text' }, { thing: { name: 'n' } }]) {
    const errors = [{ message: 'secret', extensions: { code: 'BAD_USER_INPUT', rows: 3 } }];
    const result = await execute(t, () => ({ data, errors }), '{ thing { name } }');
    assert.doesNotMatch(JSON.stringify(result), /secret|rows/);
    assert.equal(result.errors?.at(-1)?.extensions?.['code'], 'INTERNAL_SERVER_ERROR');
  }
});

test('takes the packages underneath their reporting', async (t) => {
  await execute(t, () => ({ data: { thing: null } }), '{ thing { name } }');
  assert.equal(process.env['APOLLO_TELEMETRY_DISABLED'], 'true');
});

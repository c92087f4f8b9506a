// The room behind the planner that ships: the supergraph's own plans ask it, and what is about a
// subject goes on to the sectors.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { createLog } from '../../subgraphs/kit/log.ts';
import { silenceDependencies } from '../config.ts';
import { loadSupergraph } from '../supergraph/load-supergraph.ts';
import { createAccessDataSource } from './access-data-source.ts';
import {
  APPLICATION,
  inquiryOf,
  itemOf,
  openAccessUnderTest,
  SUBJECT,
  type Who,
} from './test/access-under-test.ts';
import type { AccessAnswer, Access } from './open-access.ts';

interface Asked {
  readonly subgraph: string;
  readonly variables: unknown;
}

/** Asks through the planner; what it wants of other subgraphs is noted and left unanswered. */
async function openPlanner(
  t: TestContext,
  access: Access,
): Promise<{
  readonly ask: (who: Who, query: string, variables?: object) => Promise<AccessAnswer>;
  readonly asked: readonly Asked[];
}> {
  silenceDependencies();
  const source = createAccessDataSource(access, createLog('test', 'silent'));
  const asked: Asked[] = [];
  const planner = new ApolloGateway({
    supergraphSdl: (await loadSupergraph()).plannerSdl,
    buildService: ({ name }) => ({
      process: async (call) => {
        if (name === 'access') return source.process(call);
        const variables: unknown = structuredClone(call.request.variables);
        asked.push({ subgraph: name, variables });
        return { errors: [{ message: 'not here' }] };
      },
    }),
  });
  const server = new ApolloServer<object>({ gateway: planner, nodeEnv: 'test' });
  await server.start();
  t.after(() => server.stop());
  return {
    asked,
    ask: async (who, query, variables = {}) => {
      const contextValue = { requestId: 'r-1', inquiry: inquiryOf(who) };
      const { body } = await server.executeOperation({ query, variables }, { contextValue });
      assert.equal(body.kind, 'single');
      return JSON.parse(JSON.stringify(body.singleResult)) as AccessAnswer;
    },
  };
}

test('is asked by the plans of the supergraph, for queries and in turn for mutations', async (t) => {
  const { replicas } = await openAccessUnderTest(t);
  const { ask, asked } = await openPlanner(t, replicas[0]);
  const applied = await ask(
    'agency',
    `mutation Apply($input: ApplyForAccessInput!) {
      first: applyForAccess(input: $input) { id subject { code } }
      again: applyForAccess(input: $input) { id history { kind } }
    }`,
    { input: { ...APPLICATION, subject: SUBJECT.toLowerCase() } },
  );
  const first = itemOf(applied, 'first');
  assert.deepEqual(first['subject'], { code: SUBJECT });
  const again = { id: first.id, history: [{ kind: 'APPLY' }] };
  assert.deepEqual(itemOf(applied, 'again'), again);
  const listed = await ask(
    'agency',
    `query ($first: Int!) { me { tier } applications(first: $first) {
      nodes { ...on AccessApplication { __typename id } } pageInfo { hasNextPage } } }`,
    { first: 1 },
  );
  assert.deepEqual(itemOf(listed, 'applications'), {
    nodes: [{ __typename: 'AccessApplication', id: first.id }],
    pageInfo: { hasNextPage: false },
  });
  assert.deepEqual(asked, []);
});

test('leads from an application to its subject in the sectors', async (t) => {
  const { replicas } = await openAccessUnderTest(t);
  const { ask, asked } = await openPlanner(t, replicas[0]);
  await ask(
    'agency',
    `mutation ($input: ApplyForAccessInput!) {
      applyForAccess(input: $input) { subject { name tax { coverage { status } } } } }`,
    { input: APPLICATION },
  );
  const representations = [{ __typename: 'Subject', code: SUBJECT }];
  assert.deepEqual(
    asked.toSorted((a, b) => (a.subgraph < b.subgraph ? -1 : 1)),
    [
      { subgraph: 'registry', variables: { representations } },
      { subgraph: 'tax', variables: { representations } },
    ],
  );
});

test('gives the planner its errors with path, code and hint', async (t) => {
  const { replicas } = await openAccessUnderTest(t);
  const { ask } = await openPlanner(t, replicas[0]);
  const { data, errors } = await ask(
    'registered',
    '{ toDecide: applicationsToDecide { nodes { id } } }',
  );
  assert.deepEqual(data, { toDecide: null });
  assert.deepEqual(errors?.[0]?.path, ['toDecide']);
  assert.equal(errors[0].extensions?.['code'], 'ROLE_REQUIRED');
  assert.equal(typeof errors[0].extensions['hint'], 'string');
});

// Conformance with GraphQL over HTTP, by the audits of its reference suite.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { serverAudits } from 'graphql-http';
import { startFixtureGraph } from './graph-under-test.ts';

const graph = await startFixtureGraph({ after });

describe('GraphQL over HTTP', () => {
  for (const audit of serverAudits({ url: graph.url })) {
    test(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      assert.equal(result.status, 'ok', 'reason' in result ? result.reason : undefined);
    });
  }
});

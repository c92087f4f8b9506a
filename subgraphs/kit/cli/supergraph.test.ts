import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeSupergraph } from './supergraph.ts';

test('serves the supergraph that the schemas of the sectors compose to', async () => {
  assert.equal(await writeSupergraph({ check: true }), 0, 'run `npm run supergraph`');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeOnce } from './compose-once.ts';
import { parseSubgraphs } from './compose.ts';
import { DIRECTORY, graphOf, ports, transport } from './check/test-sector.ts';

test('composes again what differs in any word or address, and nothing else', () => {
  const compose = composeOnce();
  const texts = graphOf({ transport: transport(), ports: ports() });
  const sdlOf = (one: typeof texts): object => compose(parseSubgraphs(one, DIRECTORY), DIRECTORY);
  const first = sdlOf(texts);
  assert.equal(sdlOf(texts), first);
  const moved = texts.map((text) => ({ ...text, routingUrl: `${text.routingUrl}elsewhere` }));
  assert.notDeepEqual(sdlOf(moved), first);
  const other = graphOf({ transport: transport(['"Its fee."\n  fee: Money', '']), ports: ports() });
  assert.notDeepEqual(sdlOf(other), first);
});

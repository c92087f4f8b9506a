// What a caller can get wrong, or try, before there is an operation: bodies, types, methods, sites.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ask,
  askRaw,
  assertRefused,
  JSON_HEADERS,
  send,
  type GraphUnderTest,
} from '../graph-under-test.ts';

/** Tests any graph that is served by the gateway. */
export function testBadHttp(name: string, graph: GraphUnderTest): void {
  describe(`${name}, asked by wrong HTTP`, () => {
    test('is not polluted by __proto__ in a body', async () => {
      const body = `{"query":"{ __typename }","variables":{"__proto__":{"polluted":1}},"__proto__":{}}`;
      const answer = await askRaw(graph, body);
      assert.deepEqual(answer.body, { data: { __typename: 'Query' } });
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    });

    test('refuses a body of 2 MB, announced or not, and answers it', async () => {
      const body = JSON.stringify({ query: '{ __typename }', padding: 'x'.repeat(2_000_000) });
      assertRefused(await askRaw(graph, body), 413, 'REQUEST_TOO_LARGE');
      const stream = new Blob([body]).stream();
      const init = { method: 'POST', headers: JSON_HEADERS, body: stream, duplex: 'half' };
      assertRefused(await send(graph, init as RequestInit), 413, 'REQUEST_TOO_LARGE');
    });

    test('refuses bodies that are not a request', async () => {
      for (const body of [
        '',
        ' ',
        'null',
        '1',
        '"text"',
        '{',
        '{}',
        '{"query":null}',
        '{"query":""}',
      ]) {
        assertRefused(await askRaw(graph, body), 400, 'BAD_REQUEST');
      }
      assertRefused(
        await askRaw(graph, '[{"query":"{ __typename }"}]'),
        400,
        'BATCHING_NOT_SUPPORTED',
      );
      assertRefused(await askRaw(graph, '[]'), 400, 'BATCHING_NOT_SUPPORTED');
      const persisted = '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}';
      const answer = await askRaw(graph, persisted);
      assertRefused(answer, 400, 'BAD_REQUEST');
      assert.match(String(answer.body.errors?.[0]?.extensions['hint']), /persisted/);
    });

    test('refuses a body that is not UTF-8', async () => {
      const body = Buffer.from('{"query":"{ __typename }","x":"\xff"}', 'latin1');
      const answer = await send(graph, { method: 'POST', headers: JSON_HEADERS, body });
      assertRefused(answer, 400, 'BAD_REQUEST');
    });

    test('refuses content types other than JSON in UTF-8', async () => {
      const body = '{"query":"{ __typename }"}';
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/graphql',
        'application/json; charset=gbk',
      ]) {
        assertRefused(
          await askRaw(graph, body, { 'content-type': type }),
          415,
          'UNSUPPORTED_MEDIA_TYPE',
        );
      }
      assertRefused(
        await askRaw(graph, body, { ...JSON_HEADERS, 'content-encoding': 'gzip' }),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      );
    });

    test('refuses a mutation by GET, other methods, and what Accept does not take', async () => {
      const mutation = await send(graph, {}, '?query=mutation{delete}');
      assertRefused(mutation, 405, 'METHOD_NOT_ALLOWED');
      assert.equal(mutation.headers.get('allow'), 'POST');
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await send(graph, { method });
        assertRefused(answer, 405, 'METHOD_NOT_ALLOWED');
        assert.equal(answer.headers.get('allow'), 'GET, POST');
      }
      const accept = { ...JSON_HEADERS, accept: 'text/html' };
      assertRefused(await askRaw(graph, '{"query":"{ __typename }"}', accept), 406, 'BAD_REQUEST');
    });

    test('refuses a GET that a browser makes for another site', async () => {
      const suffix = '?query={__typename}';
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://elsewhere.example' },
        { origin: 'null' },
      ]) {
        assertRefused(await send(graph, { headers }, suffix), 403, 'BAD_REQUEST');
      }
      const own = await send(graph, { headers: { 'sec-fetch-site': 'same-origin' } }, suffix);
      assert.deepEqual(own.body, { data: { __typename: 'Query' } });
      assert.equal(own.headers.get('access-control-allow-origin'), null);
    });

    test('refuses parameters that stand twice or are not JSON in a URL', async () => {
      for (const suffix of [
        '?query={a}&query={b}',
        '?query={__typename}&variables={',
        '?query={__typename}&variables=[]',
        '?variables={}',
        '',
      ]) {
        assertRefused(await send(graph, {}, suffix), 400, 'BAD_REQUEST');
      }
    });

    test('answers 404 with a hint elsewhere', async () => {
      const response = await fetch(new URL('/nothing', graph.url));
      assert.equal(response.status, 404);
      const body = (await response.json()) as { errors: { extensions: { code: string } }[] };
      assert.equal(body.errors[0]?.extensions.code, 'NOT_FOUND');
    });

    test('sends every answer with headers that keep browsers from misreading it', async () => {
      const answer = await ask(graph, '{ __typename }', {}, { 'x-request-id': 'caller-given-1' });
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('x-request-id'), 'caller-given-1');
      assert.equal(answer.headers.get('x-powered-by'), null);
      const other = await ask(graph, '{ __typename }', {}, { 'x-request-id': 'a b"c' });
      assert.match(other.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    });
  });
}

// The graph of the fixture, asked wrongly in every way that we could think of.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { startFixtureGraph } from './graph-under-test.ts';
import { testBadHttp } from './suites/bad-http.ts';
import { testBadInput } from './suites/bad-input.ts';

const graph = await startFixtureGraph({ after }, { BODY_TIMEOUT_MS: '300' });

testBadInput('the fixture', graph);
testBadHttp('the fixture', graph);

test('gives up a body that does not arrive', async () => {
  const { hostname, port } = new URL(graph.url);
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (received += chunk));
    socket.on('close', () => {
      resolve(received);
    });
    socket.on('error', reject);
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n' +
        'Content-Length: 100\r\n\r\n{"query":',
    );
  });
  assert.match(text, /^HTTP\/1\.1 408 /);
  assert.match(text, /REQUEST_TIMEOUT/);
});

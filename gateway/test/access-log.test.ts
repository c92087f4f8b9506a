// What the log says of requests, and what it must never say.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pino } from 'pino';
import { ask, askRaw, CODE, startFixtureGraph } from './graph-under-test.ts';

const lines: Record<string, unknown>[] = [];
const log = pino(
  { level: 'debug' },
  { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
);
const graph = await startFixtureGraph({ after }, {}, { log });

/** The line of a request, once its answer has left. */
async function lineOf(requestId: string): Promise<Record<string, unknown>> {
  for (;;) {
    const line = lines.find((entry) => entry['requestId'] === requestId && entry['status']);
    if (line) return line;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('names operation, hash, status and duration of a request', async () => {
  const query = 'query Report($code: CreditCode!) { subject(code: $code) { name } }';
  await ask(graph, query, { code: CODE }, { 'x-request-id': 'request-1' });
  const line = await lineOf('request-1');
  assert.equal(line['operation'], 'Report');
  assert.match(String(line['hash']), /^[0-9a-f]{16}$/);
  assert.equal(line['status'], 200);
  assert.equal(typeof line['durationMs'], 'number');
  assert.equal(line['path'], '/graphql');
  assert.equal(line['codes'], undefined);
});

test('names the codes of errors, beside data and without', async () => {
  const tax = `{ subject(code: "${CODE}") { tax { fault(kind: "internal") } } }`;
  await ask(graph, tax, {}, { 'x-request-id': 'request-2' });
  assert.deepEqual((await lineOf('request-2'))['codes'], ['INTERNAL_SERVER_ERROR']);
  await ask(graph, '{ forgotten }', {}, { 'x-request-id': 'request-3' });
  const line = await lineOf('request-3');
  assert.deepEqual(line['codes'], ['UNAUTHORIZED_FIELD_OR_TYPE']);
  assert.equal(line['status'], 403);
});

test('keeps what a sector said of its defect, under the request id', () => {
  const detail = lines.find((entry) => entry['requestId'] === 'request-2' && entry['detail']);
  assert.equal(detail?.['sector'], 'tax');
  assert.match(String(detail['detail']), /password authentication failed/);
});

test('never holds variables, codes, texts of operations or credentials', async () => {
  const headers = { 'x-request-id': 'request-4', authorization: 'Bearer secret-token' };
  const query = `query Named { subject(code: "${CODE}") { code } }`;
  await ask(graph, query, { unused: 'variable-value' }, headers);
  await ask(graph, 'query ($c: CreditCode!) { subject(code: $c) { code } }', { c: 'wrong-code' });
  await askRaw(graph, '{"query": "{ broken-text"');
  await fetch(`${graph.url}?query={searched-text}`);
  await fetch(new URL('/somewhere-else?code=91990102900000014T', graph.url));
  await lineOf('request-4');
  const text = JSON.stringify(lines);
  for (const secret of [
    CODE,
    'secret-token',
    'variable-value',
    'wrong-code',
    'broken-text',
    'searched-text',
    'somewhere-else',
    '91990102900000014T',
  ]) {
    assert.equal(text.includes(secret), false, secret);
  }
});

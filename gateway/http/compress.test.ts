// Answers are compressed for who takes them so, and are the same text.
import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { COMPRESSED_FROM_BYTES } from './compress.ts';
import { send } from './send.ts';

const LARGE = JSON.stringify({ data: { text: '信用'.repeat(COMPRESSED_FROM_BYTES) } });
const SMALL = '{"data":{}}';

let body = LARGE;
const server = createServer((_request, response) => {
  send(response, { status: 200, contentType: 'application/json; charset=utf-8', body });
});

before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
after(() => new Promise((resolve) => server.close(resolve)));

interface Received {
  readonly encoding: string | undefined;
  readonly vary: string | undefined;
  readonly length: number;
  readonly body: Buffer;
}

/** Without a client that decodes of itself. */
function ask(acceptEncoding?: string): Promise<Received> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const headers = acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding };
    request({ port, host: '127.0.0.1', headers, agent: false }, (response) => {
      buffer(response).then((received) => {
        resolve({
          encoding: response.headers['content-encoding'],
          vary: response.headers.vary,
          length: Number(response.headers['content-length']),
          body: received,
        });
      }, reject);
    })
      .on('error', reject)
      .end();
  });
}

for (const accepted of ['gzip', 'br, GZIP;q=0.5', '*', 'deflate, *;q=0.1']) {
  test(`a large answer is compressed for "${accepted}"`, async () => {
    body = LARGE;
    const received = await ask(accepted);
    assert.equal(received.encoding, 'gzip');
    assert.equal(received.vary, 'accept-encoding');
    assert.equal(received.length, received.body.length);
    assert.ok(received.length < LARGE.length / 10, String(received.length));
    assert.equal(gunzipSync(received.body).toString(), LARGE);
  });
}

for (const refused of [
  undefined,
  '',
  'br',
  'gzip;q=0',
  '*, gzip;q=0.000',
  'gzip;q=x',
  'identity',
]) {
  test(`a large answer is sent as it is for ${refused === undefined ? 'no header' : JSON.stringify(refused)}`, async () => {
    body = LARGE;
    const received = await ask(refused);
    assert.equal(received.encoding, undefined);
    assert.equal(received.length, received.body.length);
    assert.equal(received.body.toString(), LARGE);
  });
}

test('a small answer is sent as it is', async () => {
  body = SMALL;
  const received = await ask('gzip');
  assert.equal(received.encoding, undefined);
  assert.equal(received.vary, 'accept-encoding');
  assert.equal(received.body.toString(), SMALL);
});

// What the operator is told of a database that cannot be had.
import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import pg from 'pg';
import { PublicError } from '../errors.ts';
import { explainUnavailable } from './explain-unavailable.ts';

test('a server that says nothing is told of with its variable and a next step', async (t) => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  t.after(() => silent.close());
  const { port } = silent.address() as AddressInfo;
  const client = new pg.Client({
    connectionString: `postgres://somebody@127.0.0.1:${port}/tax`,
    connectionTimeoutMillis: 100,
  });
  const failure: unknown = await client.connect().then(
    () => null,
    (error: unknown) => error,
  );
  const told = explainUnavailable(failure, 'tax');
  assert.ok(told instanceof PublicError, String(failure));
  assert.match(
    told.message,
    /^The database of tax \(DATABASE_URL_TAX\) cannot be had: timeout expired\.$/,
  );
  assert.match(String(told.extensions['hint']), /^See that this server answers there/);
});

test('what is no matter of the connection stays as it is', () => {
  const failure = new Error('relation "batches" does not exist');
  assert.equal(explainUnavailable(failure, 'tax'), failure);
});

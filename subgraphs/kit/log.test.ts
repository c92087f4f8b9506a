// What a log line holds of an error, and what it never does.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { GraphQLError, Source } from 'graphql';
import { PublicError } from './errors.ts';
import { describeError } from './log.ts';

test('describes an error by type, message, stack and place', () => {
  const error = Object.assign(new RangeError('too far'), { code: 'E1', errno: -5, port: 5432 });
  const described = describeError(error);
  assert.deepEqual(
    { ...described, stack: undefined },
    { type: 'RangeError', message: 'too far', stack: undefined, code: 'E1', errno: -5, port: 5432 },
  );
  assert.match(described.stack ?? '', /log\.test\.ts/);
});

test('keeps rows, operations and URLs out', () => {
  const database = Object.assign(new Error('duplicate key'), {
    code: '23505',
    table: 'penalties',
    detail: 'Key (subject_code)=(SECRET) exists.',
    where: 'SECRET',
    hint: 'SECRET',
    internalQuery: 'SECRET',
    parameters: ['SECRET'],
    input: 'postgres://u:SECRET@h/d',
    config: { password: 'SECRET' },
  });
  const operation = new GraphQLError('refused', {
    source: new Source('{ a(code: "SECRET") }'),
    positions: [0],
    extensions: { value: 'SECRET' },
    originalError: database,
  });
  const described = describeError(operation);
  assert.equal(described.cause?.['table'], 'penalties');
  assert.doesNotMatch(JSON.stringify(described), /SECRET/);
});

test('follows causes and parts, but not for ever', () => {
  const error = new PublicError('SUBGRAPH_UNAVAILABLE', 'outer', { cause: new Error('inner') });
  assert.equal(describeError(error).cause?.message, 'inner');
  const parts = new AggregateError([new Error('one'), new Error('two')], 'all');
  assert.match(JSON.stringify(describeError(parts)), /"one".*"two"/);
  const circle = new Error('circle');
  circle.cause = circle;
  assert.ok(JSON.stringify(describeError(circle)).length < 20_000);
});

test('describes what is no error without showing it', () => {
  for (const thrown of ['SECRET', { secret: 'SECRET' }, null, undefined, 5]) {
    assert.doesNotMatch(JSON.stringify(describeError(thrown)), /SECRET/);
  }
});

test('writes one line of JSON an entry to standard error, with secrets withheld', async () => {
  const script = `
    import { createLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))};
    const log = createLog('tax', 'info', 'json');
    log.debug('unseen');
    log.info({ password: 'SECRET', headers: { a: 'SECRET' }, authorization: 'SECRET' }, 'seen');
    log.error({ err: Object.assign(new Error('wrong\\nline'), { detail: 'SECRET' }) }, 'failed');
  `;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    ...['--import', '#typescript', '--input-type=module', '--eval', script],
  ]);
  assert.equal(stdout, '');
  assert.doesNotMatch(stderr, /SECRET|unseen/);
  const lines = stderr.trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    entries.map(({ level, part, msg }) => [level, part, msg]),
    [
      ['info', 'tax', 'seen'],
      ['error', 'tax', 'failed'],
    ],
  );
  assert.equal(entries[0].password, '[withheld]');
  assert.equal(entries[1].err.message, 'wrong\nline');
});

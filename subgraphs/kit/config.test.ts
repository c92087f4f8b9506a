// The environment as configuration: every problem at once, and no value repeated.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { ConfigError, databaseUrl, integer, parseEnvironment } from './config.ts';

function problemsOf(schema: z.ZodType, environment: Record<string, string>): readonly string[] {
  try {
    parseEnvironment(schema, environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    for (const problem of error.problems) assert.ok(error.message.includes(problem));
    return error.problems;
  }
}

const SHAPE = z.object({
  PORT: integer({ min: 1, max: 65_535, default: 4000 }),
  WORKERS: integer({ min: 1, max: 8, default: 2 }),
  DATABASE: databaseUrl,
  TOKEN: z.string().min(32, 'must have 32 characters'),
});

const GOOD = { DATABASE: 'postgres://u:p@h:5432/d', TOKEN: 'x'.repeat(32) };

test('reads values, takes defaults for missing and empty ones, ignores the rest', () => {
  const read = parseEnvironment(SHAPE, { ...GOOD, PORT: '80', WORKERS: '', PATH: '/bin' });
  assert.deepEqual(read, { ...GOOD, PORT: 80, WORKERS: 2 });
});

test('names every problem at once, without the values', () => {
  const environment = { PORT: 'hunter2', WORKERS: '9', DATABASE: 'hunter2://x', TOKEN: 'hunter2' };
  const problems = problemsOf(SHAPE, environment);
  assert.deepEqual(
    problems.map((problem) => problem.split(':')[0]),
    ['PORT', 'WORKERS', 'DATABASE', 'TOKEN'],
  );
  assert.doesNotMatch(problems.join(), /hunter2/);
  assert.equal(problemsOf(SHAPE, {}).length, 2);
  assert.equal(problemsOf(SHAPE, { DATABASE: '', TOKEN: '' }).length, 2);
});

test('takes whole numbers within bounds only', () => {
  const shape = z.object({ N: integer({ min: 0, max: 100, default: 5 }) });
  for (const N of ['0', '100', '007']) assert.deepEqual(problemsOf(shape, { N }), []);
  for (const N of ['-1', '101', '1.5', '1e1', '0x1', ' 1', '１', '9'.repeat(400)]) {
    assert.deepEqual(problemsOf(shape, { N }), ['N: must be a whole number from 0 to 100'], N);
  }
});

test('takes addresses of PostgreSQL that can be read as URLs', () => {
  const shape = z.object({ D: databaseUrl });
  for (const D of [
    'postgres://u:p%2F%3F%23@h:5432/d?sslmode=require',
    'postgresql://h/d',
    'postgres:///d?host=/var/run/postgresql',
    'postgres://[::1]:5432/d',
  ]) {
    assert.deepEqual(problemsOf(shape, { D }), [], D);
  }
  for (const D of [
    'mysql://h/d',
    'h:5432/d',
    'postgres:/h/d',
    'postgres://u:hunter2/2@h/d',
    'postgres://u:hun ter2@h/d',
    'postgres://h:99999/d',
  ]) {
    const problems = problemsOf(shape, { D });
    assert.equal(problems.length, 1, D);
    assert.match(problems[0] ?? '', /^D: must be a URL like postgres:/);
    assert.doesNotMatch(problems[0] ?? '', /hun/);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeProblem } from './code-problem.ts';

const FOLDER = '/project/subgraphs/tax';

test('finds the place behind which the code cannot be read', () => {
  const message = '/project/subgraphs/tax/resolvers.ts:12:25: Unexpected ","\n  coverage(,\n';
  const problem = codeProblem({ message, stack: '' }, FOLDER, '/project');
  assert.equal(problem.file, 'subgraphs/tax/resolvers.ts');
  assert.deepEqual([problem.line, problem.column], [12, 25]);
  assert.equal(problem.message, 'Unexpected ","');
});

test('finds the first line of the sector in a stack, and none that is not its own', () => {
  const stack = [
    'TypeError: connection is not a function',
    '    at build (file:///project/subgraphs/kit/server/subgraph-schema.ts:40:3)',
    '    at file:///project/subgraphs/tax/resolvers.ts:7:18',
    '    at ModuleJob.run (node:internal/modules/esm/module_job:271:25)',
  ].join('\n');
  const error = { message: 'connection is not a function', stack };
  const problem = codeProblem(error, FOLDER, '/project');
  assert.deepEqual(
    [problem.file, problem.line, problem.column],
    ['subgraphs/tax/resolvers.ts', 7, 18],
  );
  const elsewhere = codeProblem(error, '/project/subgraphs/courts', '/project');
  assert.equal(elsewhere.file, null);
  assert.equal(elsewhere.message, error.message);
});

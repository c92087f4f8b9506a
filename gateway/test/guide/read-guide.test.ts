import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGuide } from './read-guide.ts';

const fence = '```';

test('reads marked blocks as steps, with their lines, and passes over the others', () => {
  const steps = readGuide(
    [
      ...['# Guide', `${fence}sh`, 'npm start', fence, ''],
      ...[`${fence}sh guide`, 'a', 'b', fence],
      ...[`${fence}sh guide until="is ready"`, 'c', fence],
      ...[`${fence}json guide`, '{}', fence, `${fence}text guide`, 'x', fence],
      ...[`${fence}text guide`, '^C', fence],
      ...[`${fence}diff guide`, '+y', fence, fence, 'tree', fence],
    ].join('\n'),
  );
  assert.deepEqual(steps, [
    { kind: 'run', text: 'a\nb\n', line: 6 },
    { kind: 'run', text: 'c\n', line: 10, until: 'is ready' },
    { kind: 'expect-json', text: '{}\n', line: 13 },
    { kind: 'expect-lines', text: 'x\n', line: 16 },
    { kind: 'stop', text: '^C\n', line: 19 },
    { kind: 'edit', text: '+y\n', line: 22 },
  ]);
});

test('refuses a block that could be meant as a step and is none', () => {
  const read = (opening: string, end = fence): unknown => readGuide(`${opening}\nx\n${end}`);
  assert.throws(() => read(`${fence}sh giude`), /line 1: .* has no meaning/);
  assert.throws(() => read(`${fence}sh guide until=ready`), /line 1: .* has no meaning/);
  assert.throws(() => read(`${fence}yaml guide`), /line 1: .* cannot be followed/);
  assert.throws(() => read(`${fence}sh guide`, ''), /line 1: the block has no end/);
});

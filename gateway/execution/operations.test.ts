import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, parse, type DocumentNode } from 'graphql';
import { Operations, type OperationSteps } from './operations.ts';

interface Decision {
  readonly kind: 'allow';
  readonly caller: string;
}

const schema = buildSchema('type Query { a: Int b: Int }');

/** Operations that count how often each step is done. */
function countingOperations(): {
  operations: Operations<string, Decision, number>;
  counts: { parse: number; check: number; decide: number; cost: number };
} {
  const counts = { parse: 0, check: 0, decide: 0, cost: 0 };
  const steps: OperationSteps<string, Decision, number> = {
    schema,
    schemaOf: () => schema,
    parse: (text): DocumentNode => {
      counts.parse += 1;
      return parse(text);
    },
    check: () => {
      counts.check += 1;
      return [];
    },
    decide: (caller) => {
      counts.decide += 1;
      return { kind: 'allow', caller };
    },
    cost: () => {
      counts.cost += 1;
      return 1;
    },
    callerKey: (caller) => caller,
  };
  return { operations: new Operations(steps), counts };
}

test('derives everything once for a text', () => {
  const { operations, counts } = countingOperations();
  const first = operations.prepare('{ a }', null, 'anonymous', false);
  const second = operations.prepare('{ a }', null, 'anonymous', false);
  assert.equal(first, second);
  assert.deepEqual(counts, { parse: 1, check: 1, decide: 1, cost: 1 });
});

test('never gives one caller the decision on another', () => {
  const { operations, counts } = countingOperations();
  const decisionFor = (caller: string): unknown => {
    const prepared = operations.prepare('{ a }', null, caller, false);
    return prepared.kind === 'prepared' ? prepared.decision : null;
  };
  assert.deepEqual(decisionFor('one'), { kind: 'allow', caller: 'one' });
  assert.deepEqual(decisionFor('two'), { kind: 'allow', caller: 'two' });
  assert.deepEqual(decisionFor('one'), { kind: 'allow', caller: 'one' });
  assert.equal(counts.parse, 1);
});

test('tells the operations of one text apart', () => {
  const { operations } = countingOperations();
  const text = 'query A { a } query B { b }';
  const nameOf = (name: string | null): unknown => {
    const prepared = operations.prepare(text, name, 'anonymous', false);
    return prepared.kind === 'prepared'
      ? prepared.operation.name?.value
      : prepared.errors[0]?.message;
  };
  assert.equal(nameOf('A'), 'A');
  assert.equal(nameOf('B'), 'B');
  assert.equal(nameOf('C'), 'The document has no operation of that name.');
  assert.equal(nameOf(null), 'The document has 2 operations and none is named.');
});

test('hands on the operation that is asked without the others and their fragments', () => {
  const { operations } = countingOperations();
  const text = `query A { ...F } fragment F on Query { a }
    query B { ...G } fragment G on Query { b }`;
  const textOf = (name: string, from: string): string => {
    const prepared = operations.prepare(from, name, 'anonymous', false);
    return prepared.kind === 'prepared' ? prepared.asWritten.text : String(prepared.errors);
  };
  assert.match(textOf('B', text), /^query B \{[^]*fragment G on Query/);
  assert.doesNotMatch(textOf('B', text), /fragment F|query A/);
  assert.equal(textOf('A', 'query A { a }'), 'query A { a }');
});

test('keeps what is wrong with a text as well', () => {
  const { operations, counts } = countingOperations();
  for (let i = 0; i < 3; i += 1) {
    const prepared = operations.prepare('{ c }', null, 'anonymous', false);
    assert.equal(prepared.kind, 'invalid');
  }
  assert.deepEqual(counts, { parse: 1, check: 1, decide: 0, cost: 0 });
});

test('prints what is left of an operation once, and weighs it once, for itself', () => {
  const { operations, counts } = countingOperations();
  const document = parse('{ a }');
  const { executable, operation } = operations.remainder(document);
  assert.equal(operations.remainder(document).executable, executable);
  assert.equal(executable.text, '{\n  a\n}');
  assert.match(executable.hash, /^[0-9a-f]{64}$/);
  assert.equal(operation, document.definitions[0]);
  assert.equal(counts.cost, 1);
});

test('suggests to each caller what it may use, from a text that is read once', () => {
  const whole = buildSchema('type Query { score: Int scope: Int }');
  const low = buildSchema('type Query { scope: Int }');
  let parsed = 0;
  const operations = new Operations<string, Decision, number>({
    schema: whole,
    schemaOf: (caller) => (caller === 'high' ? whole : low),
    parse: (text) => {
      parsed += 1;
      return parse(text);
    },
    check: () => [],
    decide: (caller) => ({ kind: 'allow', caller }),
    cost: () => 1,
    callerKey: (caller) => caller,
  });
  const messageFor = (caller: string): string | undefined => {
    const prepared = operations.prepare('{ scor }', null, caller, false);
    return prepared.kind === 'invalid' ? prepared.errors[0]?.message : undefined;
  };
  const text = 'Cannot query field "scor" on type "Query". Did you mean ';
  assert.equal(messageFor('high'), `${text}"score" or "scope"?`);
  assert.equal(messageFor('low'), `${text}"scope"?`);
  assert.equal(messageFor('high'), `${text}"score" or "scope"?`);
  assert.equal(parsed, 1);
});

test('takes introspection out of what is planned, once an operation', () => {
  const { operations } = countingOperations();
  const prepared = operations.prepare('{ a __schema { __typename } }', null, 'anonymous', false);
  assert.equal(prepared.kind, 'prepared');
  const parts = operations.parts(prepared.asWritten, prepared.operation);
  assert.equal(parts.planned?.text, '{\n  a\n}');
  assert.ok(parts.local);
  assert.equal(operations.parts(prepared.asWritten, prepared.operation), parts);
  const plain = operations.prepare('{ a }', null, 'anonymous', false);
  assert.equal(plain.kind, 'prepared');
  assert.equal(operations.parts(plain.asWritten, plain.operation).planned, plain.asWritten);
});

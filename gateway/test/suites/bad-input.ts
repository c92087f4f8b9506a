// What a caller can get wrong in an operation, or try with one: each is answered with the right
// status, a code and a hint, before any sector is asked, and the graph goes on.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import {
  ask,
  askRaw,
  assertRefused,
  CODE,
  codesOf,
  OTHER_CODE,
  type GraphUnderTest,
} from '../graph-under-test.ts';

/** Tests a graph that has `subject`, `subjects` and `taxPenalties`; it needs no record. */
export function testBadInput(name: string, graph: GraphUnderTest): void {
  describe(`${name}, asked wrongly`, () => {
    let fetches = 0;
    beforeEach(() => {
      fetches = graph.fetchCount?.() ?? 0;
    });
    const assertNoFetch = (): void => {
      assert.equal(graph.fetchCount?.() ?? 0, fetches);
    };
    afterEach(async () => {
      const alive = await ask(graph, '{ __typename }');
      assert.deepEqual(alive.body, { data: { __typename: 'Query' } });
    });

    const WRONG_CODES = [
      '91990101MA7K3P2Q8K',
      '91990101MA7K3P2Q8',
      '91990101MI7K3P2Q8J',
      '000000000000000000',
      '330203000030639',
      '',
      'x'.repeat(10_000),
      '91990101MA7K3P2Q8J\u0000',
    ];

    for (const code of WRONG_CODES) {
      test(`refuses the code ${JSON.stringify(code.slice(0, 24))} before any fetch`, async () => {
        const variable = await ask(
          graph,
          'query ($c: CreditCode!) { subject(code: $c) { code } }',
          {
            c: code,
          },
        );
        assertRefused(variable, 400, 'BAD_USER_INPUT');
        const literal = await ask(graph, `{ subject(code: ${JSON.stringify(code)}) { code } }`);
        assertRefused(literal, 400, 'BAD_USER_INPUT');
        if (code.length > 20) assert.ok(variable.text.length < 1_000, 'the value is not repeated');
        assertNoFetch();
      });
    }

    test('accepts a code in small letters with blanks', async () => {
      const answer = await ask(graph, '{ subject(code: " 91990101 ma7k3p2q8j ") { __typename } }');
      assert.equal(answer.status, 200);
      assert.deepEqual(codesOf(answer), []);
    });

    test('says which of many codes is wrong', async () => {
      const answer = await ask(
        graph,
        'query ($c: [CreditCode!]!) { subjects(codes: $c) { code } }',
        {
          c: [CODE, 'wrong', OTHER_CODE],
        },
      );
      assertRefused(answer, 400, 'BAD_USER_INPUT');
      assert.match(
        answer.body.errors?.[0]?.message ?? '',
        /^Variable "\$c" at "c\[1\]": Not a Cred/,
      );
    });

    test('takes 100 codes and refuses 101', async () => {
      const query = 'query ($c: [CreditCode!]!) { subjects(codes: $c) { code } }';
      const hundred = Array.from({ length: 100 }, () => CODE);
      const accepted = await ask(graph, query, { c: hundred });
      assert.equal((accepted.body.data?.['subjects'] as unknown[]).length, 100);
      const refused = await ask(graph, query, { c: [...hundred, CODE] });
      assertRefused(refused, 400, 'OPERATION_LIMIT_EXCEEDED');
      assert.deepEqual(refused.body.errors?.[0]?.extensions['value'], 101);
      const literal = hundred.map((code) => `"${code}"`).join(' ');
      const written = await ask(graph, `{ subjects(codes: [${literal} "${CODE}"]) { code } }`);
      assertRefused(written, 400, 'OPERATION_LIMIT_EXCEEDED');
    });

    test('refuses page sizes below 0 and above 100', async () => {
      const query = 'query ($n: Int!) { taxPenalties(first: $n) { totalCount } }';
      assertRefused(await ask(graph, query, { n: -1 }), 400, 'BAD_USER_INPUT');
      assertRefused(await ask(graph, query, { n: 101 }), 400, 'OPERATION_LIMIT_EXCEEDED');
      assertRefused(await ask(graph, query, { n: 2 ** 31 - 1 }), 400, 'OPERATION_LIMIT_EXCEEDED');
      assertRefused(await ask(graph, query, { n: 2 ** 40 }), 400, 'BAD_USER_INPUT');
      assertRefused(await ask(graph, query, { n: '5' }), 400, 'BAD_USER_INPUT');
      assertRefused(await ask(graph, query), 400, 'BAD_USER_INPUT');
      assertRefused(
        await ask(graph, '{ taxPenalties(first: 1000000) { totalCount } }'),
        400,
        'OPERATION_LIMIT_EXCEEDED',
      );
      assertNoFetch();
    });

    test('passes on what a sector says of a foreign cursor', async () => {
      const answer = await ask(graph, '{ taxPenalties(after: "courts-1") { totalCount } }');
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body.data, { taxPenalties: null });
      const [error] = answer.body.errors ?? [];
      assert.deepEqual(error?.path, ['taxPenalties']);
      assert.equal(error.extensions['code'], 'INVALID_CURSOR');
      assert.equal(error.extensions['sector'], 'tax');
      assert.equal(error.extensions['serviceName'], undefined);
    });

    test('refuses unknown fields, arguments, types and fragments', async () => {
      for (const query of [
        '{ nothing }',
        `{ subject(code: "${CODE}") { salary } }`,
        '{ subject { code } }',
        `{ subject(code: "${CODE}", depth: 3) { code } }`,
        'query ($x: Nothing) { __typename }',
        '{ ...F }',
        '{ ...F } fragment F on Query { ...F }',
        'mutation { delete }',
        'subscription { changes }',
      ]) {
        assertRefused(await ask(graph, query), 400, 'GRAPHQL_VALIDATION_FAILED');
      }
    });

    test('refuses what is not GraphQL', async () => {
      for (const query of ['{', 'hello', '{ a(b: ) }', '{ \u0000 }', '{ "a" }']) {
        assertRefused(await ask(graph, query), 400, 'GRAPHQL_PARSE_FAILED');
      }
    });

    test('refuses a document without the operation that is named, or with none', async () => {
      for (const [query, operationName] of [
        ['query A { __typename } query B { __typename }', null],
        ['query A { __typename }', 'C'],
        ['query A { __typename }', '__proto__'],
        ['fragment F on Query { __typename }', null],
      ] as const) {
        const answer = await askRaw(graph, JSON.stringify({ query, operationName }));
        assertRefused(answer, 400, 'OPERATION_RESOLUTION_FAILURE');
      }
    });

    test('refuses nesting, aliases, repetition and size beyond the limits', async () => {
      const aliases = Array.from({ length: 500 }, (_, i) => `a${i}: __typename`).join(' ');
      for (const query of [
        `{ ${aliases} }`,
        `${'{ a '.repeat(100)}${'}'.repeat(100)}`,
        `{ ${'__typename '.repeat(5_000)} }`,
        `{ subject(code: "${CODE}") { ${'code '.repeat(500)} } }`,
        `{ __schema { types { ${'fields { type { '.repeat(20)} name ${'} } '.repeat(20)} } } }`,
        '{ ...A } ' +
          Array.from(
            { length: 30 },
            (_, i) => `fragment A${i || ''} on Query { ...A${i + 1} ...A${i + 1} }`,
          ).join(' ') +
          ' fragment A30 on Query { __typename }',
      ]) {
        assertRefused(await ask(graph, query), 400, 'OPERATION_LIMIT_EXCEEDED');
      }
    });

    test('bounds introspection that loops through the schema', async () => {
      const loop =
        '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }';
      assertRefused(await ask(graph, loop), 400, 'GRAPHQL_VALIDATION_FAILED');
    });

    test('answers aliases that are names of object parts, and refuses reserved ones', async () => {
      const query = `{
      constructor: subject(code: "${CODE}") { toString: code hasOwnProperty: code valueOf: __typename }
    }`;
      const answer = await ask(graph, query);
      assert.deepEqual(answer.body, {
        data: {
          constructor: { toString: CODE, hasOwnProperty: CODE, valueOf: 'Subject' },
        },
      });
      for (const alias of ['__proto__', '__typename', '__schema']) {
        const refused = await ask(graph, `{ ${alias}: subject(code: "${CODE}") { code } }`);
        assertRefused(refused, 400, 'GRAPHQL_VALIDATION_FAILED');
      }
    });

    test('says at most so many words about an operation that is wrong everywhere', async () => {
      const fields = Array.from({ length: 900 }, (_, i) => `x${i}`).join(' ');
      const answer = await ask(graph, `{ subject(code: "${CODE}") { ${fields} } }`);
      assertRefused(answer, 400, 'GRAPHQL_VALIDATION_FAILED');
      assert.ok((answer.body.errors?.length ?? 0) <= 21);
    });
  });
}

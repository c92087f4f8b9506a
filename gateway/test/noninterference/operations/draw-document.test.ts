// What is drawn is GraphQL of this graph: valid, the same for the same seed, and of all its parts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getVariableValues } from 'graphql/execution/values.js';
import { getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { createRandom } from '../../../../subgraphs/kit/samples/random.ts';
import { loadSupergraph } from '../../../supergraph/load-supergraph.ts';
import { drawDocument, drawRequest, type DrawSource } from './draw-document.ts';
import { createCursors } from './vocabulary.ts';

const { schema } = await loadSupergraph();
const source: DrawSource = {
  schema,
  maySee: () => true,
  words: {
    codes: ['91990101MA7K3P2Q8J'],
    unknownCodes: ['91990102900000014T'],
    days: ['2025-06-30'],
    pastDays: ['2025-06-30'],
    texts: new Map([['name', ['云州']]]),
    cursors: createCursors([]),
  },
};
const DOCUMENTS = 3_000;
const documents = Array.from({ length: DOCUMENTS }, (_, at) =>
  drawDocument(createRandom('drawn').fork(at), source),
);

test('is valid, but for what is misspelt on purpose', () => {
  for (const { text, isMisspelt } of documents) {
    if (isMisspelt) continue;
    const errors = validate(schema, parse(text), specifiedRules);
    assert.deepEqual(errors.map(String), [], text);
  }
});

test('is the same for the same seed', () => {
  for (const at of [0, 17, DOCUMENTS - 1]) {
    const again = drawDocument(createRandom('drawn').fork(at), source);
    assert.equal(again.text, documents[at]?.text);
  }
  assert.notEqual(documents[0]?.text, documents[1]?.text);
});

test('asks at every field of the root, and uses all that the language has', () => {
  const roots = new Set(documents.flatMap(({ operations }) => operations.flatMap((o) => o.roots)));
  const wanted = Object.keys(schema.getQueryType()?.getFields() ?? {});
  assert.deepEqual(
    wanted.filter((name) => !roots.has(name)),
    [],
  );
  const all = documents.map(({ text }) => text);
  for (const part of [
    ...[/fragment F\d/, /\.\.\.F\d/, /\.\.\. on CreditRecord/, /\.\.\. \{/, /__typename/],
    ...[/__proto__: /, /constructor: /, /@skip\(if: \$v/, /@include\(if: (true|false)/],
    ...[/after: \$v/, /asOf: /, /totalCount/, /history \{/, /Changes\(/, /\$v\d+: \w+!/],
    ...[/__schema/, /__type\(/, /query Op1/, /subject \{ [^}]*\w+ \{/],
  ]) {
    assert.ok(
      all.some((text) => part.test(text)),
      String(part),
    );
  }
});

test('gives variables that their operation takes', () => {
  const random = createRandom('requested');
  let taken = 0;
  for (const [at, document] of documents.entries()) {
    if (document.isMisspelt) continue;
    const request = drawRequest(random.fork(at), document, source.words);
    const operation = getOperationAST(parse(request.query), request.operationName);
    assert.ok(operation);
    const { errors } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      request.variables,
    );
    if (errors === undefined) taken += 1;
  }
  assert.ok(taken / documents.length > 0.95, String(taken));
});

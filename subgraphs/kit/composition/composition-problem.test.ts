// What a team reads for each way in which sectors do not compose: which sectors, what, where, and how to
// mend it. Method: the real composition of small schemas.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeSubgraphs, CompositionError, parseSubgraphs } from './compose.ts';
import type { CompositionProblem } from './composition-problem.ts';
import { explainCode } from './composition-codes.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", ' +
  '"@requiresScopes", "@external", "@requires", "@provides", "@override", "@inaccessible"])\n';
const DIRECTORY = '/graph';

/** Composes one or two sectors; the second line of each file is the text given. */
function problemsOf(tax: string, courts?: string): readonly CompositionProblem[] {
  const texts = Object.entries(courts === undefined ? { tax } : { tax, courts });
  const subgraphs = parseSubgraphs(
    texts.map(([name, text]) => ({
      name,
      routingUrl: `http://${name}.invalid/`,
      file: `${DIRECTORY}/${name}.graphql`,
      text: LINK + text,
    })),
    DIRECTORY,
  );
  try {
    composeSubgraphs(subgraphs, DIRECTORY);
    return [];
  } catch (error) {
    assert.ok(error instanceof CompositionError);
    return error.details;
  }
}

const T = 'type T @key(fields: "id") { id: ID!';
const SPECIAL = '@requiresScopes(scopes: [["credit:special"]])';

/** Code, the two schemas, and what the message and the places must say. */
const CASES: readonly (readonly [
  code: string,
  tax: string,
  courts: string | undefined,
  message: RegExp,
  places: readonly string[],
])[] = [
  [
    'TYPE_KIND_MISMATCH',
    'type Query { a: Int } type X @shareable { a: Int }',
    'interface X { a: Int } type Query { b: Int }',
    /^X is not the same kind of type in all sectors: .*courts.*tax\.$/,
    ['courts.graphql:2:1', 'tax.graphql:2:23'],
  ],
  [
    'INVALID_FIELD_SHARING',
    'type Query { a: Int }',
    'type Query { a: Int }',
    /^Query\.a is answered by more than one sector: courts and tax\.$/,
    ['courts.graphql:2:14', 'tax.graphql:2:14'],
  ],
  [
    'FIELD_TYPE_MISMATCH',
    'type Query { a: X } type X @shareable { v: Int }',
    'type Query { b: X } type X @shareable { v: String }',
    /^X\.v has different types in the sectors: String in courts, Int in tax\.$/,
    ['courts.graphql:2:41', 'tax.graphql:2:41'],
  ],
  [
    'FIELD_ARGUMENT_TYPE_MISMATCH',
    'type Query { a: X } type X @shareable { v(i: Int): Int }',
    'type Query { b: X } type X @shareable { v(i: String): Int }',
    /^The argument X\.v\(i:\) has different types in the sectors: String in courts, Int in tax/,
    ['courts.graphql:2:43', 'tax.graphql:2:43'],
  ],
  [
    'FIELD_ARGUMENT_DEFAULT_MISMATCH',
    'type Query { a: X } type X @shareable { v(i: Int = 1): Int }',
    'type Query { b: X } type X @shareable { v(i: Int = 2): Int }',
    /^X\.v\(i:\) has different defaults in/,
    ['courts.graphql:2:43', 'tax.graphql:2:43'],
  ],
  [
    'SATISFIABILITY_ERROR',
    `type Query { a: T } ${T} x: Int }`,
    'type Query { b: Int } type T @key(fields: "k") { k: ID! @shareable y: Int }',
    /^T\.k stands in the graph, but no path leads to it: cannot move to courts using @key\(fields: "k"\)/,
    ['courts.graphql:2:50'],
  ],
  [
    'EXTERNAL_UNUSED',
    `type Query { a: T } ${T} x: Int }`,
    `type Query { b: Int } ${T} x: Int @external }`,
    /^courts marks T\.x @external and does not use it\.$/,
    ['courts.graphql:2:59'],
  ],
  [
    'EXTERNAL_MISSING_ON_BASE',
    `type Query { a: T } ${T} }`,
    `type Query { b: Int } ${T} x: Int @external y: Int @requires(fields: "x") }`,
    /^courts takes T\.x from another sector \(@external\), and no sector has it\.$/,
    ['courts.graphql:2:59'],
  ],
  [
    'EXTERNAL_TYPE_MISMATCH',
    `type Query { a: T } ${T} x: Int }`,
    `type Query { b: Int } ${T} x: String @external y: Int @requires(fields: "x") }`,
    /it has type "Int" in the sector tax but/,
    ['courts.graphql:2:59', 'tax.graphql:2:57'],
  ],
  [
    'KEY_INVALID_FIELDS',
    'type Query { a: T } type T @key(fields: "none") { id: ID! }',
    undefined,
    /Cannot query field "none" on type "T"/,
    ['tax.graphql:2:28', 'tax.graphql:2:21'],
  ],
  [
    'ENUM_VALUE_MISMATCH',
    'type Query { a(e: E): E } enum E { A B }',
    'type Query { b(e: E): E } enum E { A }',
    /^E is both asked with and answered, so its values must be the same in tax and courts: B is not\.$/,
    ['courts.graphql:2:27', 'tax.graphql:2:27', 'courts.graphql:2:16', 'courts.graphql:2:14'],
  ],
  [
    'REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH',
    'type Query { a: X } type X @shareable { v(i: Int!): Int }',
    'type Query { b: X } type X @shareable { v: Int }',
    /^X\.v\(i:\) must be given in one sector and does not exist in another: tax and courts\.$/,
    ['tax.graphql:2:43'],
  ],
  [
    'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH',
    'type Query { a(i: I): Int } input I { a: Int b: Int! }',
    'type Query { b(i: I): Int } input I { a: Int }',
    /must be given in one sector and does not exist in another/,
    ['tax.graphql:2:46'],
  ],
  [
    'INTERFACE_FIELD_NO_IMPLEM',
    `type Query { a: I } interface I { a: Int } type X implements I @shareable { a: Int }`,
    'type Query { b: I } interface I { a: Int b: Int } type Y implements I { a: Int b: Int }',
    /I\.b/,
    ['courts.graphql:2:42', 'tax.graphql:2:44'],
  ],
  [
    'INVALID_GRAPHQL',
    'type Query { a: Nothing }',
    undefined,
    /^Unknown type Nothing$/,
    ['tax.graphql:2:17'],
  ],
  ['NO_QUERIES', `${T} }`, undefined, /^No sector can be asked anything/, []],
  [
    'MISSING_TRANSITIVE_AUTH_REQUIREMENTS',
    `type Query { a: T } ${T} x: Int ${SPECIAL} }`,
    `type Query { b: Int } ${T} x: Int @external y: Int @requires(fields: "x") }`,
    /^courts shows T\.y to more callers than may see what it is made of: T\.x\.$/,
    ['courts.graphql:2:76'],
  ],
  [
    'OVERRIDE_FROM_SELF_ERROR',
    `type Query { a: T } ${T} x: Int @override(from: "tax") }`,
    undefined,
    /T\.x/,
    ['tax.graphql:2:64'],
  ],
];

for (const [code, tax, courts, message, places] of CASES) {
  test(`explains ${code}`, () => {
    const found = problemsOf(tax, courts).find((one) => one.code === code);
    assert.ok(found, 'another code');
    assert.match(found.message, message);
    assert.match(found.remedy, /^[A-Z@].{20,}\.$/);
    assert.doesNotMatch(found.message, /subgraphs? "/);
    assert.deepEqual(
      found.places.map(({ file, line, column }) => `${file}:${line}:${column}`),
      places,
    );
    if (places.length > 0) assert.ok(found.sectors.includes(places[0]?.split('.')[0] ?? ''));
  });
}

test('keeps the text of a code that it does not know, and says where codes are explained', () => {
  const { message, remedy } = explainCode('QUITE_NEW', {
    text: '[tax] Something is odd.',
    sectors: ['tax'],
    coordinate: null,
  });
  assert.equal(message, 'Something is odd.');
  assert.match(remedy, /https:\/\/www\.apollographql\.com\//);
});

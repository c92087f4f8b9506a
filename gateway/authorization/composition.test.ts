// Goal: what composition makes of the labels of several subgraphs is never weaker than any of them, in
// whatever order they are composed. Method: the real composition, then the real reading of labels.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeServices } from '@apollo/composition';
import { getOperationAST, parse, validate, type GraphQLSchema } from 'graphql';
import type { DisclosureClass } from '../../subgraphs/kit/authority/disclosure-class.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { readSupergraph } from '../supergraph/load-supergraph.ts';
import { createAuthorization, type Authorization } from './create-authorization.ts';
import {
  readRequirements,
  type Requirements,
} from '../../subgraphs/kit/composition/requirements/requirements.ts';
import { CALLERS, inquiryOf } from './test-graph.ts';

const IMPORTS =
  '["@key", "@shareable", "@external", "@requires", "@interfaceObject", "@requiresScopes", ' +
  '"@authenticated", "@policy", "@context", "@fromContext"]';
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${IMPORTS})`;
const label = (value: string): string => `@requiresScopes(scopes: [["credit:${value}"]])`;
const PUBLIC = label('public');

interface Composed {
  readonly schema: GraphQLSchema;
  readonly requirements: Requirements;
  readonly authorization: Authorization;
}

/** Composes subgraphs, named s0, s1 and so on in the order given. */
function compose(schemas: readonly string[]): Composed {
  const result = composeServices(services(schemas));
  if (result.errors) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  const supergraph = readSupergraph(result.supergraphSdl);
  const requirements = readRequirements(supergraph.document, supergraph.features);
  const { schema } = supergraph;
  return { schema, requirements, authorization: createAuthorization(schema, requirements) };
}

function services(schemas: readonly string[]): Parameters<typeof composeServices>[0] {
  return schemas.map((schema, index) => ({
    name: `s${index}`,
    url: `http://s${index}`,
    typeDefs: parse(schema.includes('@link(') ? schema : LINK + schema),
  }));
}

function errorsOf(schemas: readonly string[]): string {
  const { errors = [] } = composeServices(services(schemas));
  return errors.map(({ message, extensions }) => `${String(extensions['code'])} ${message}`).join();
}

function* permutations<T>(values: readonly T[]): Generator<readonly T[]> {
  if (values.length < 2) yield values;
  for (const [index, value] of values.entries()) {
    const others = values.filter((_, other) => other !== index);
    if (values.length >= 2) for (const rest of permutations(others)) yield [value, ...rest];
  }
}

const CLASSES = ['public', 'agency', 'special'] as const;
const SPECIAL: DisclosureClass = 'SPECIAL';

/** Where a label can stand on what subgraphs share. */
const PLACES: Readonly<Record<string, (value: string) => string>> = {
  'a field': (value) => `
    type Shared { x: Int @shareable ${label(value)} }
    type Query { shared: Shared @shareable ${PUBLIC} }`,
  'a type': (value) => `
    type Shared @shareable ${label(value)} { x: Int }
    type Query { shared: Shared @shareable ${PUBLIC} }`,
  'a field against its type': (value) => `
    type Shared @shareable ${value === 'special' ? label(value) : ''} {
      x: Int ${value === 'special' ? '' : label(value)}
    }
    type Query { shared: Shared @shareable ${PUBLIC} }`,
  'a field of an implementer': (value) => `
    interface Record { x: Int }
    type Shared implements Record { x: Int @shareable ${label(value)} }
    type Query { shared: Record @shareable ${PUBLIC} }`,
  'an implementer': (value) => `
    interface Record { x: Int }
    type Shared implements Record @shareable ${label(value)} { x: Int }
    type Query { shared: Record @shareable ${PUBLIC} }`,
  'an enumeration that is returned': (value) => `
    enum Grade ${label(value)} { A }
    type Shared @shareable ${PUBLIC} { x: Grade }
    type Query { shared: Shared @shareable ${PUBLIC} }`,
  'a scalar that is returned': (value) => `
    scalar Grade ${label(value)}
    type Shared @shareable ${PUBLIC} { x: Grade }
    type Query { shared: Shared @shareable ${PUBLIC} }`,
  'an enumeration of an argument': (value) => `
    enum Grade ${label(value)} { A }
    type Shared @shareable ${PUBLIC} { x(y: Grade): Int }
    type Query { shared: Shared @shareable ${PUBLIC} }`,
  'a scalar of a field of an argument': (value) => `
    scalar Grade ${label(value)}
    input Filter { of: [Grade!] }
    type Shared @shareable ${PUBLIC} { x(y: Filter): Int }
    type Query { shared: Shared @shareable ${PUBLIC} }`,
};

/** Where the label stands on what an argument is given. */
const GIVEN: Readonly<Record<string, string>> = {
  'an enumeration of an argument': '(y: A)',
  'a scalar of a field of an argument': '(y: { of: 7 })',
};

for (const [place, schemaOf] of Object.entries(PLACES)) {
  test(`joins the labels of three subgraphs on ${place} by and, in every order`, () => {
    let orders = 0;
    for (const order of permutations(CLASSES)) {
      const composed = compose(order.map(schemaOf));
      const text = `{ shared { x${GIVEN[place] ?? ''} } }`;
      assert.deepEqual(refused(composed, text, CALLERS.wideOffice), SPECIAL, order.join());
      assert.deepEqual(refused(composed, text, CALLERS.agency), SPECIAL, order.join());
      orders += 1;
    }
    assert.equal(orders, 6);
  });
}

/** The class for which an operation is refused to somebody who holds no standing at all. */
function refused(
  { schema, authorization: { decide, settle } }: Composed,
  text: string,
  inquiry: Inquiry,
): DisclosureClass | null | 'allowed' {
  const document = parse(text);
  assert.deepEqual(validate(schema, document), []);
  const operation = getOperationAST(document);
  assert.ok(operation);
  const decision = decide(inquiry, { schema, document, operation });
  const settled = settle(decision, { consents: new Set(), grants: new Set() });
  return settled.kind === 'allow' ? 'allowed' : (settled.refused[0]?.class ?? null);
}

test('composition refuses a label where none is read: arguments, inputs, values', () => {
  const special = label('special');
  for (const schema of [
    `type Query { x(y: Int ${special}): Int ${PUBLIC} }`,
    `input Y { z: Int ${special} } type Query { x(y: Y): Int ${PUBLIC} }`,
    `input Y ${special} { z: Int } type Query { x(y: Y): Int ${PUBLIC} }`,
    `enum Y { A ${special} } type Query { x(y: Y): Int ${PUBLIC} }`,
    `union Y ${special} = Z type Z { z: Int ${PUBLIC} } type Query { y: Y ${PUBLIC} }`,
  ]) {
    assert.match(errorsOf([schema]), /"@requiresScopes" may not be used on/, schema);
  }
});

test('asks of every owning sector, so that duty in one of two is not enough', () => {
  const schema = `
    type Query { x: Int @shareable ${label('government')} }`;
  const composed = compose([schema, schema]);
  assert.deepEqual(composed.requirements.sectorsOf('Query', 'x'), ['s0', 's1']);
  const office = (...sectorsOfDuty: string[]): Inquiry =>
    inquiryOf({ tier: 'GOVERNMENT', sectorsOfDuty });
  assert.equal(refused(composed, '{ x }', office('s0')), 'GOVERNMENT');
  assert.equal(refused(composed, '{ x }', office('s1')), 'GOVERNMENT');
  assert.equal(refused(composed, '{ x }', office('s0', 's1')), 'allowed');
});

test('joins the three directives of different subgraphs by and, in every order', () => {
  const schemas = [
    `type Query { x: Int @shareable ${label('registered')} }`,
    'type Query { x: Int @shareable @authenticated }',
    'type Query { x: Int @shareable @policy(policies: [["credit:agency"]]) }',
  ];
  for (const order of permutations(schemas)) {
    const { requirements } = compose(order);
    assert.deepEqual(requirements.ofField('Query', 'x'), {
      ways: [['REGISTERED', 'AGENCY']],
      class: 'AGENCY',
      identified: true,
    });
  }
});

test('joins alternatives of two subgraphs each with each', () => {
  const of = (scopes: string): string =>
    `type Query { x: Int @shareable @requiresScopes(scopes: ${scopes}) }`;
  const schemas = [of('[["credit:agency"], ["credit:special"]]'), of('[["credit:government"]]')];
  for (const order of permutations(schemas)) {
    const { ways } = compose(order).requirements.ofField('Query', 'x');
    assert.deepEqual(ways.map((way) => way.join('+')).sort(), [
      'AGENCY+GOVERNMENT',
      'GOVERNMENT+SPECIAL',
    ]);
  }
});

test('is not misled by a sector that renames a directive, or takes a name of ours', () => {
  const renamed = (value: string): string => `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9",
            import: ["@shareable", {name: "@requiresScopes", as: "@label"}])
    type Query { x: Int @shareable @label(scopes: [["credit:${value}"]]) }`;
  const whole = `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", as: "fed", import: ["@shareable"])
    type Query { x: Int @shareable @fed__requiresScopes(scopes: [["credit:agency"]]) }`;
  // A directive of the usual name that is not the one of the specification is no label.
  const impostor = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
    directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
    type Query { y: Int @requiresScopes(scopes: [["credit:public"]]) }`;
  for (const order of permutations([renamed('special'), renamed('public')])) {
    assert.equal(refused(compose(order), '{ x }', CALLERS.agency), SPECIAL);
  }
  for (const order of permutations([
    renamed('special'),
    `type Query { x: Int @shareable ${PUBLIC} }`,
  ])) {
    assert.match(errorsOf(order), /LINK_IMPORT_NAME_MISMATCH/);
  }
  assert.equal(refused(compose([whole]), '{ x }', CALLERS.registered), 'AGENCY');
  assert.equal(refused(compose([impostor]), '{ y }', CALLERS.wideOffice), null);
});

test('refuses a list of a union for the label of a member, in every order', () => {
  const one = `
    union Any = Open | Closed
    type Open @shareable ${PUBLIC} { x: Int }
    type Closed @shareable ${label('special')} { x: Int }
    type Query { any: [Any] @shareable ${PUBLIC} }`;
  const other = `
    union Any = Open
    type Open @shareable ${PUBLIC} { x: Int }
    type Query { any: [Any] @shareable ${PUBLIC} }`;
  for (const order of permutations([one, other])) {
    const composed = compose(order);
    assert.equal(refused(composed, '{ any { ... on Open { x } } }', CALLERS.agency), SPECIAL);
  }
});

test('reads labels and owner of a field that an interface object adds', () => {
  const owner = `
    type Query { all: [Record!]! @shareable ${PUBLIC} }
    interface Record @key(fields: "id") { id: ID! }
    type Penalty implements Record @key(fields: "id") ${PUBLIC} { id: ID! }`;
  const adding = `
    type Record @interfaceObject @key(fields: "id") { id: ID! note: Int ${label('government')} }`;
  for (const order of permutations([owner, adding])) {
    const composed = compose(order);
    const sector = `s${order.indexOf(adding)}`;
    assert.deepEqual(composed.requirements.sectorsOf('Penalty', 'note'), [sector]);
    assert.equal(refused(composed, '{ all { note } }', CALLERS.agency), 'GOVERNMENT');
    const office = inquiryOf({ tier: 'GOVERNMENT', sectorsOfDuty: [sector] });
    assert.equal(refused(composed, '{ all { note } }', office), 'allowed');
  }
});

test('composition refuses @requires, also at second hand, of more than the field asks', () => {
  const owner = (value: string): string => `
    type Query { subject: Subject ${PUBLIC} }
    type Subject @key(fields: "code") { code: ID! ${PUBLIC} score: Int ${label(value)} }`;
  const taking = (value: string): string => `
    type Subject @key(fields: "code") {
      code: ID! ${PUBLIC}
      score: Int @external
      advice: Int @requires(fields: "score") ${label(value)}
    }`;
  const further = `
    type Subject @key(fields: "code") {
      code: ID! ${PUBLIC}
      advice: Int @external
      summary: Int @requires(fields: "advice") ${PUBLIC}
    }`;
  assert.match(errorsOf([owner('special'), taking('public')]), /MISSING_TRANSITIVE_AUTH/);
  assert.match(errorsOf([taking('public'), owner('special')]), /MISSING_TRANSITIVE_AUTH/);
  assert.match(errorsOf([owner('special'), taking('special'), further]), /MISSING_TRANSITIVE_AUTH/);
  assert.equal(errorsOf([owner('special'), taking('special')]), '');
});

test('composition refuses @fromContext of more than the field asks', () => {
  const schema = (value: string): string => `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${IMPORTS})
    type Query { subject: Subject ${PUBLIC} }
    type Subject @key(fields: "code") @context(name: "subject") {
      code: ID! ${PUBLIC}
      score: Int ${label('special')}
      section: Section ${PUBLIC}
    }
    type Section @key(fields: "code") {
      code: ID! ${PUBLIC}
      advice(score: Int @fromContext(field: "$subject { score }")): Int ${label(value)}
    }`;
  const other = `type Section @key(fields: "code") { code: ID! ${PUBLIC} extra: Int ${PUBLIC} }`;
  assert.match(errorsOf([schema('public'), other]), /MISSING_TRANSITIVE_AUTH/);
  assert.equal(errorsOf([schema('special'), other]), '');
});

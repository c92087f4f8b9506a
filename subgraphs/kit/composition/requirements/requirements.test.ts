import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { isMet } from './requirement.ts';
import { readRequirements } from './requirements.ts';

const NAMES = { requiresScopes: 'label', authenticated: 'known', policy: 'rule' };

const document = parse(`
  enum join__Graph {
    REGISTRY @join__graph(name: "registry", url: "http://r")
    TAX @join__graph(name: "tax", url: "http://t")
  }
  type Subject @join__type(graph: REGISTRY) @join__type(graph: TAX) {
    code: ID! @label(scopes: [["credit:public"]])
    tax: Tax @join__field(graph: TAX) @label(scopes: [["credit:public"]])
    forgotten: Int @join__field(graph: REGISTRY)
  }
  type Tax @join__type(graph: TAX) @label(scopes: [["credit:agency"]]) {
    covered: Int
    both: Int @label(scopes: [["credit:special"]])
    weaker: Int @label(scopes: [["credit:public"]])
    either: Int @label(scopes: [["credit:special"], ["credit:agency", "credit:public"]])
    unknown: Int @label(scopes: [["elsewhere:admin"]])
    oneKnown: Int @label(scopes: [["elsewhere:admin"], ["credit:government"]])
    empty: Int @label(scopes: [[]])
    identified: Int @known
    ruled: Int @rule(policies: [["credit:government"]])
    ruledElsewhere: Int @rule(policies: [["office-hours"]])
    wrongName: Int @requiresScopes(scopes: [["credit:public"]])
  }
  interface Listed @join__type(graph: REGISTRY) @join__type(graph: TAX, isInterfaceObject: true) {
    added: Int @join__field(graph: TAX)
  }
  type Registered implements Listed @join__type(graph: REGISTRY) {
    open: Int @label(scopes: [["credit:public"]])
    added: Int @join__field @label(scopes: [["credit:public"]])
  }
  enum Grade @label(scopes: [["credit:authorised"]]) { A }
`);
const requirements = readRequirements(document, NAMES);

function classOf(field: string): string | null {
  return requirements.ofField('Tax', field).class;
}

test('takes the label of the field', () => {
  assert.equal(requirements.ofField('Subject', 'code').class, 'PUBLIC');
});

test('forbids a field without a label, and one that does not exist', () => {
  for (const field of ['forgotten', 'absent', '__proto__', 'constructor']) {
    const requirement = requirements.ofField('Subject', field);
    assert.equal(requirement.class, null);
    assert.equal(isMet(requirement, ['PUBLIC', 'SPECIAL']), false);
  }
});

test('covers fields by the label of their type, and takes the stricter of both', () => {
  assert.equal(classOf('covered'), 'AGENCY');
  assert.equal(classOf('both'), 'SPECIAL');
  assert.equal(classOf('weaker'), 'AGENCY');
});

test('reads alternatives, and asks for all scopes of one', () => {
  const requirement = requirements.ofField('Tax', 'either');
  assert.equal(requirement.class, 'AGENCY');
  assert.equal(isMet(requirement, ['AGENCY']), false);
  assert.equal(isMet(requirement, ['PUBLIC', 'AGENCY']), true);
  assert.equal(isMet(requirement, ['SPECIAL', 'AGENCY']), true);
});

test('forbids scopes that are not the name of a class, and empty labels', () => {
  assert.equal(classOf('unknown'), null);
  assert.equal(classOf('empty'), null);
  assert.equal(classOf('oneKnown'), 'GOVERNMENT');
});

test('reads @authenticated and @policy under the names they go by', () => {
  assert.deepEqual(requirements.ofField('Tax', 'identified'), {
    ways: [['AGENCY']],
    class: 'AGENCY',
    identified: true,
  });
  assert.equal(classOf('ruled'), 'GOVERNMENT');
  assert.equal(classOf('ruledElsewhere'), null);
});

test('does not mistake a directive for the label because of its usual name', () => {
  const strict = readRequirements(
    parse('type T { a: Int @requiresScopes(scopes: [["credit:public"]]) }'),
    NAMES,
  );
  assert.equal(strict.ofField('T', 'a').class, null);
});

test('reads labels of enumerations', () => {
  assert.equal(requirements.ofType('Grade').class, 'AUTHORISED');
  assert.equal(requirements.ofType('Subject').class, 'PUBLIC');
});

test('names the sectors of a field, those of an interface object included', () => {
  assert.deepEqual(requirements.sectors, ['registry', 'tax']);
  assert.deepEqual(requirements.sectorsOf('Registered', 'added'), ['tax']);
  assert.deepEqual(requirements.sectorsOf('Registered', 'open'), ['registry']);
  assert.deepEqual(requirements.sectorsOf('Subject', 'tax'), ['tax']);
  assert.deepEqual(requirements.sectorsOf('Subject', 'code'), ['registry', 'tax']);
});

test('knows of higher classes within the sector of a section only', () => {
  assert.equal(requirements.higherClassesExist('Tax', ['PUBLIC']), true);
  assert.equal(requirements.higherClassesExist('Tax', ['PUBLIC', 'SPECIAL']), false);
  assert.equal(requirements.higherClassesExist('Registered', ['PUBLIC']), false);
});

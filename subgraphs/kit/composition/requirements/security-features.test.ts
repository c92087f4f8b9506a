import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, print } from 'graphql';
import { findSecurityFeatures } from './security-features.ts';
import { stripSecurity } from './strip-security.ts';

const PLAIN = `
  schema
    @link(url: "https://specs.apollo.dev/link/v1.0")
    @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
    @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)
    @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY)
    @link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY)
  { query: Query }
  directive @authenticated on FIELD_DEFINITION
  directive @requiresScopes(scopes: [[requiresScopes__Scope!]!]!) on FIELD_DEFINITION
  directive @policy(policies: [[policy__Policy!]!]!) on FIELD_DEFINITION
  directive @tag(name: String!) on FIELD_DEFINITION
  scalar requiresScopes__Scope
  scalar policy__Policy
  scalar join__FieldSet
  type Query {
    a: Int @requiresScopes(scopes: [["credit:public"]]) @tag(name: "kept")
    b: Int @authenticated
    c: Int @policy(policies: [["p"]])
  }
`;

test('finds the three features under their own names', () => {
  const features = findSecurityFeatures(parse(PLAIN));
  assert.equal(features.requiresScopes, 'requiresScopes');
  assert.equal(features.authenticated, 'authenticated');
  assert.equal(features.policy, 'policy');
  assert.equal(features.links.length, 3);
});

test('finds a directive that is imported under another name', () => {
  const features = findSecurityFeatures(
    parse(`schema
      @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY,
        import: [{ name: "@requiresScopes", as: "@label" }])
      @link(url: "https://specs.apollo.dev/policy/v0.1", import: ["@policy"])
    { query: Query }`),
  );
  assert.equal(features.requiresScopes, 'label');
  assert.equal(features.policy, 'policy');
  assert.equal(features.authenticated, null);
});

test('finds a feature that is linked under another name', () => {
  const features = findSecurityFeatures(
    parse(`extend schema
      @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", as: "label", for: SECURITY)`),
  );
  assert.equal(features.requiresScopes, 'label');
  assert.deepEqual(features.namespaces, ['label']);
});

test('takes features out whole and leaves everything else', () => {
  const document = parse(PLAIN);
  const stripped = print(stripSecurity(document, findSecurityFeatures(document)));
  assert.doesNotMatch(stripped, /requiresScopes|authenticated|policy/i);
  assert.match(stripped, /specs\.apollo\.dev\/join/);
  assert.match(stripped, /a: Int @tag\(name: "kept"\)/);
  assert.match(stripped, /scalar join__FieldSet/);
});

test('takes a renamed directive out with its helper types', () => {
  const document = parse(`
    schema
      @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY,
        import: [{ name: "@requiresScopes", as: "@label" }])
    { query: Query }
    directive @label(scopes: [[requiresScopes__Scope!]!]!) on FIELD_DEFINITION
    scalar requiresScopes__Scope
    type Query { a: Int @label(scopes: [["credit:public"]]) }
  `);
  const stripped = print(stripSecurity(document, findSecurityFeatures(document)));
  assert.doesNotMatch(stripped, /label|requiresScopes/);
  assert.match(stripped, /a: Int/);
});

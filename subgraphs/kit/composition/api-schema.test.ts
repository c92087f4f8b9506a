// What callers can ask of a supergraph: nothing of routers, of features, or of what is hidden.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, printSchema } from 'graphql';
import { readApiSchema } from './api-schema.ts';

test('shows callers the graph without routers, labels and what is inaccessible', () => {
  const schema = readApiSchema(
    parse(`
      schema @link(url: "https://specs.apollo.dev/join/v0.5") { query: Query }
      directive @join__type(graph: join__Graph!) repeatable on OBJECT
      directive @inaccessible on FIELD_DEFINITION | OBJECT
      scalar join__FieldSet
      scalar requiresScopes__Scope
      enum join__Graph { TAX @join__graph(name: "tax", url: "http://t") }
      interface Hidden @inaccessible { a: Int }
      type Query @join__type(graph: TAX) {
        a(shown: E, hidden: Int @inaccessible): Int @requiresScopes(scopes: [["credit:public"]])
        old: Int @deprecated(reason: "ask a")
        b: Int @inaccessible
        t: T
      }
      type T implements Hidden @join__type(graph: TAX) { a: Int }
      type Secret @inaccessible { c: Int }
      enum E { SEEN UNSEEN @inaccessible }
    `),
  );
  assert.equal(
    printSchema(schema),
    `type Query {
  a(shown: E): Int
  old: Int @deprecated(reason: "ask a")
  t: T
}

type T {
  a: Int
}

enum E {
  SEEN
}`,
  );
});

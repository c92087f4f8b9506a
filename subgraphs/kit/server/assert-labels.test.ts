// Labels that the kit would overlook: each stops the start of the subgraph.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'graphql';
import { readSectorSchema } from '../composition/sector-schema.ts';
import { readSupergraphConfig } from '../composition/supergraph-config.ts';
import { assertLabels } from './assert-labels.ts';

const SPECIAL = '@requiresScopes(scopes: [["credit:special"]])';

function refuses(sdl: string, problem: RegExp): void {
  assert.throws(() => {
    assertLabels(parse(sdl));
  }, problem);
}

test('refuses a label that was imported under another name', () => {
  refuses(
    'extend schema @link(url: "x", import: ["@key", { name: "@requiresScopes", as: "@x" }])',
    /@requiresScopes is imported under another name/,
  );
});

test('refuses a label in its namespace, which a label of the type would hide', () => {
  refuses(
    `type A @requiresScopes(scopes: [["credit:public"]]) {
      a: Int @federation__requiresScopes(scopes: [["credit:special"]])
    }`,
    /@federation__requiresScopes is not read/,
  );
  refuses('type A { a: Int @fed__authenticated }', /@fed__authenticated is not read/);
});

test('refuses the other directives that restrict who may see a field', () => {
  refuses('type A { a: Int @authenticated }', /@authenticated is not read/);
  refuses('type A { a: Int @policy(policies: [["p"]]) }', /@policy is not read/);
});

test('refuses a label where it is not looked for', () => {
  refuses(`enum E ${SPECIAL} { A }`, /a label on E is not read/);
  refuses(`scalar S ${SPECIAL}`, /a label on S is not read/);
  refuses(`interface I ${SPECIAL} { a: Int }`, /a label on I is not read/);
  refuses(`interface I { a: Int ${SPECIAL} }`, /a label on a of an interface is not read/);
  refuses(`extend type A ${SPECIAL} { a: Int }`, /a label on A is not read/);
});

test('names every problem at once', () => {
  refuses(`scalar S ${SPECIAL} type A { a: Int @authenticated }`, /on S .*@authenticated/);
});

test('takes labels of types and fields, as all sectors have them', () => {
  assertLabels(
    parse(`type A ${SPECIAL} { a: Int ${SPECIAL} } extend type A { b: Int ${SPECIAL} }`),
  );
  const entries = readSupergraphConfig(join(import.meta.dirname, '../../../supergraph.yaml'));
  // The gateway's own subgraph is no sector, and the gateway reads all three directives.
  const sectors = entries.filter(({ schemaFile }) => !schemaFile.includes('/gateway/'));
  for (const { schemaFile } of sectors) assertLabels(readSectorSchema(schemaFile));
  assert.ok(sectors.length > 0);
});

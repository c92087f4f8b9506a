// The schema of this room as a manual and as labels: whoever adds to it reads here what is missing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isEnumType, isInputObjectType, isObjectType, Kind, parse } from 'graphql';
import { QUERY_TIERS, ROLES } from '../../subgraphs/kit/authority/principal.ts';
import { PURPOSE_MEANINGS } from '../../subgraphs/kit/authority/purpose.ts';
import { buildAccessSchema } from './executable-schema.ts';
import { FIELDS } from './fields.ts';
import { MOVES } from './moves.ts';

const schema = buildAccessSchema();
const valuesOf = (name: string): readonly string[] => {
  const type = schema.getType(name);
  assert.ok(isEnumType(type), name);
  return type.getValues().map((value) => value.name);
};

test('describes every type, field, argument and value', () => {
  const missing: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const isRoot = ['Query', 'Mutation', 'Subject'].includes(type.name);
    if (!isRoot && !type.description) missing.push(type.name);
    if (isEnumType(type)) {
      for (const value of type.getValues()) {
        if (!value.description) missing.push(`${type.name}.${value.name}`);
      }
    }
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) missing.push(`${type.name}.${field.name}`);
      for (const argument of 'args' in field ? field.args : []) {
        if (!argument.description) missing.push(`${type.name}.${field.name}(${argument.name}:)`);
      }
    }
  }
  assert.deepEqual(missing, []);
});

test('labels every field: me for anyone, everything of somebody for who is identified', () => {
  const document = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
  const open: string[] = [];
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const labels = [...(type.directives ?? []), ...(field.directives ?? [])].map(
        ({ name }) => name.value,
      );
      const coordinate = `${type.name.value}.${field.name.value}`;
      const isLabelled = labels.includes('authenticated') || labels.includes('requiresScopes');
      assert.ok(isLabelled, coordinate);
      if (!labels.includes('authenticated')) open.push(coordinate);
    }
  }
  const types = new Set(open.map((coordinate) => coordinate.split('.', 1)[0]));
  assert.deepEqual(
    [...types],
    ['Subject', 'Query', 'Me', 'AllowedPurpose', 'Explanation', 'FieldExplanation'],
  );
  assert.deepEqual(
    open.filter((coordinate) => coordinate.startsWith('Query.')),
    ['Query.me', 'Query.explain'],
  );
});

test('has a resolver for every field of the root, and none for any other', () => {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const names = roots.flatMap((root) => Object.keys(root?.getFields() ?? {}));
  assert.deepEqual([...Object.keys(FIELDS), 'explain'].sort(), names.sort());
});

test('names the purposes, tiers, roles and states that there are, with their meanings', () => {
  const purposes = schema.getType('Purpose');
  assert.ok(isEnumType(purposes));
  assert.deepEqual(
    Object.fromEntries(purposes.getValues().map((value) => [value.name, value.description])),
    PURPOSE_MEANINGS,
  );
  assert.deepEqual(valuesOf('QueryTier'), QUERY_TIERS);
  assert.deepEqual(valuesOf('PrincipalRole'), ROLES);
  assert.deepEqual(valuesOf('AccessApplicationState'), Object.keys(MOVES.application));
  assert.deepEqual(valuesOf('AccessConsentState'), Object.keys(MOVES.consent));
  assert.deepEqual(valuesOf('AccessGrantState'), Object.keys(MOVES.grant));
  const moves = new Set(
    Object.values(MOVES).flatMap((table) =>
      Object.values(table).flatMap((one) => Object.keys(one)),
    ),
  );
  for (const move of moves) assert.ok(valuesOf('AccessMoveKind').includes(move), move);
});

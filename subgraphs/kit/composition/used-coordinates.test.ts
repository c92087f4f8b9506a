import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import { usedCoordinates } from './used-coordinates.ts';

const schema = buildSchema(`
  enum Kind { FINE WARNING }
  input Region { code: String within: Region kind: Kind }
  interface Record { id: ID! }
  type Penalty implements Record { id: ID! kind: Kind }
  type Query { records(kinds: [Kind!], region: Region): [Record] penalty: Penalty }`);

const used = (text: string): readonly string[] => [...(usedCoordinates(text, schema) ?? [])].sort();

test('names fields by the type on which they are asked, arguments, and types of fragments', () => {
  assert.deepEqual(used('{ records(kinds: [FINE]) { __typename id ... on Penalty { kind } } }'), [
    ...['ID', 'Kind', 'Kind.FINE', 'Penalty', 'Penalty.kind'],
    ...['Query.records', 'Query.records(kinds:)', 'Record', 'Record.id'],
  ]);
});

test('takes a variable for every field of its input object', () => {
  const ofObject = used('{ records(region: { code: "1" }) { id } }');
  assert.ok(ofObject.includes('Region.code') && !ofObject.includes('Region.within'));
  const ofVariable = used('query ($r: Region) { records(region: $r) { id } }');
  for (const field of ['code', 'within', 'kind']) assert.ok(ofVariable.includes(`Region.${field}`));
});

test('leaves out what the schema does not have, and says of a text that it is not GraphQL', () => {
  assert.deepEqual(used('{ gone { id } penalty { gone id } }'), [
    'ID',
    'Penalty',
    'Penalty.id',
    'Query.penalty',
  ]);
  assert.equal(usedCoordinates('{ unfinished', schema), null);
});

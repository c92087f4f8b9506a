import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, print } from 'graphql';
import { completeSchema } from './sector-schema.ts';

const complete = (sdl: string): string => print(completeSchema(parse(sdl)));

test('adds the shared types that are used, and those that these use', () => {
  const sdl = complete('type A { fine: Money }');
  assert.match(sdl, /type Money/);
  assert.match(sdl, /scalar SafeInteger/);
  assert.doesNotMatch(sdl, /type PageInfo/);
});

test('adds nothing to a schema that defines all it uses', () => {
  const own = parse('type A { fine: Money } type Money { cents: Int }');
  assert.equal(print(completeSchema(own)), print(own));
});

test('gives a record type the fields of every record, its history and its connection', () => {
  const sdl = complete(
    `type Section { notes: NoteConnection }
     type Note implements CreditRecord @requiresScopes(scopes: [["credit:public"]]) { text: String }`,
  );
  for (const field of ['text: String', 'clocks: RecordClocks!', 'history: [Note!]!']) {
    assert.ok(sdl.includes(field), field);
  }
  assert.match(sdl, /type NoteConnection @requiresScopes/);
  assert.match(sdl, /type NoteEdge @requiresScopes/);
});

test('keeps a field of every record that the type states itself', () => {
  const sdl = complete('type Note implements CreditRecord { "Its own words." id: ID! }');
  assert.match(sdl, /"Its own words\."\s+id: ID!|"""Its own words\."""\s+id: ID!/);
});

test('makes no connection for a type that is no record', () => {
  assert.doesNotMatch(complete('type A { b: BConnection } type B { x: Int }'), /type BConnection/);
});

test('gives a sector with records a field for its status, once, and only under its name', () => {
  const record = 'type Note implements CreditRecord { text: String }';
  const of = (sdl: string, sector?: string): string => print(completeSchema(parse(sdl), sector));
  const field = /notesStatus: SectorStatus @requiresScopes\(scopes: \[\["credit:government"\]\]\)/;
  for (const root of ['type Query { a: Int }', 'extend type Query { a: Int }', '']) {
    assert.match(of(`${root} ${record}`, 'notes'), field);
  }
  assert.match(of(record, 'notes'), /type SectorStatus @shareable/);
  assert.doesNotMatch(of(record), /Status/);
  assert.doesNotMatch(of('type Query { a: Int }', 'notes'), /Status/);
  const stated = of(`type Query { notesStatus: Int } ${record}`, 'notes');
  assert.equal(stated.match(/notesStatus/g)?.length, 1);
  // A sector that says itself what a record is does without the kit.
  assert.doesNotMatch(of(`interface CreditRecord { id: ID! } ${record}`, 'notes'), /Status/);
});

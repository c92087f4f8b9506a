// Goal: no value and no name of a caller stays in the text, and the text is a valid operation still.
// Method: operations over a small schema, with marked values in every place that can hold one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSchema, parse, validate } from 'graphql';
import { normaliseOperation } from './normalise-operation.ts';

const schema = buildSchema(`
  scalar CreditCode
  enum Kind { FINE WARNING }
  input Region { code: CreditCode! depth: Int kind: Kind within: Region }
  input Choice @oneOf { code: CreditCode kind: Kind }
  interface Record { id: ID! }
  type Penalty implements Record { id: ID! kind: Kind amount(in: String): Int next: Penalty }
  type Query {
    subject(code: CreditCode!): Penalty
    subjects(codes: [CreditCode!]!): [Penalty]
    choose(one: Choice): Int
    penalties(first: Int! = 20, kinds: [Kind!], isOpen: Boolean, region: Region, name: String): [Record]
  }`);

function normalise(text: string): string {
  const document = parse(text);
  assert.deepEqual(validate(schema, document), [], 'the operation of the test is valid');
  const normalised = normaliseOperation(schema, document);
  assert.deepEqual(validate(schema, parse(normalised)), [], normalised);
  return normalised;
}

test('leaves no value and no name of the caller, wherever it stands', () => {
  const text = normalise(`
    # SECRET comment
    query SECRET_Name($SECRET_code: CreditCode! = "SECRET", $SECRET_first: Int = 99) {
      SECRET_alias: subject(code: $SECRET_code) { ...SECRET_Fragment }
      other: subject(code: "SECRET") { id }
      subjects(codes: ["SECRET", "SECRET2"]) { id }
      penalties(first: $SECRET_first, name: """SECRET""", region: { code: "SECRET", depth: 77 }) {
        SECRET_id: id
        ... on Penalty @skip(if: false) { amount(in: "SECRET") }
      }
    }
    fragment SECRET_Fragment on Penalty { id ...SECRET_Second }
    fragment SECRET_Second on Penalty { kind }`);
  assert.doesNotMatch(text, /SECRET|77|99/);
  assert.equal(
    text,
    'query($v1:CreditCode!$v2:CreditCode!$v3:[CreditCode!]!$v4:Int!$v5:String$v6:Int$v7:String)' +
      '{alias1:subject(code:$v1){...Fragment1}alias2:subject(code:$v2){id}subjects(codes:$v3){id}' +
      'penalties(first:$v4 name:$v5 region:{code:$v2 depth:$v6}){alias3:id ' +
      '...on Penalty@skip(if:false){amount(in:$v7)}}}' +
      'fragment Fragment1 on Penalty{id ...Fragment2}fragment Fragment2 on Penalty{kind}',
  );
});

test('writes operations that differ in values and names alone as one text', () => {
  const one = normalise('query A { x: subject(code: "1") { y: id } }');
  const two = normalise('query B($c: CreditCode!) { subject: subject(code: $c) { id } }');
  const three = normalise('query C($d: CreditCode!) { z: subject(code: $d) { w: id } }');
  assert.equal(one, three);
  assert.equal(two, 'query($v1:CreditCode!){subject(code:$v1){id}}');
});

test('keeps the words of the schema: enumeration values and booleans', () => {
  assert.equal(
    normalise('{ penalties(kinds: [FINE, WARNING], isOpen: true, region: null) { id } }'),
    'query($v1:Region){penalties(kinds:[FINE WARNING]isOpen:true region:$v1){id}}',
  );
  assert.equal(
    normalise('query ($k: Kind!) { penalties(kinds: [FINE, $k]) { id } }'),
    'query($v1:[Kind!]){penalties(kinds:$v1){id}}',
  );
});

test('gives a choice of one field no variable that could be null', () => {
  assert.equal(
    normalise('{ choose(one: { code: "1" }) }'),
    'query($v1:CreditCode!){choose(one:{code:$v1})}',
  );
});

test('keeps fields with one response key mergeable', () => {
  normalise('{ a: subject(code: "1") { id } a: subject(code: "1") { kind } }');
  normalise('query ($c: CreditCode!) { subject(code: $c) { id } subject(code: $c) { kind } }');
  normalise('{ subject(code: "1") { alias1: id } alias1: subject(code: "2") { id } }');
});

test('writes what is written already as it is', () => {
  const text = normalise('query($v1:CreditCode!){alias1:subject(code:$v1){id}}');
  assert.equal(text, normalise(text));
});

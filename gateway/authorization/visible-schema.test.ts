import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertValidSchema,
  buildSchema,
  getIntrospectionQuery,
  graphqlSync,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { createAuthorization } from './create-authorization.ts';
import { authorizationUnderTest, CALLERS, inquiryOf, requirements, schema } from './test-graph.ts';

function fieldsOf(visible: GraphQLSchema, name: string): string[] | null {
  const type = visible.getType(name);
  return isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : null;
}

test('shows an anonymous caller its fields and the types that they lead to, nothing else', () => {
  const visible = authorizationUnderTest().schemaOf(CALLERS.anonymous);
  assert.deepEqual(fieldsOf(visible, 'Query'), [
    'subject',
    'records',
    'penalties',
    'safe',
    'ranked',
  ]);
  assert.deepEqual(fieldsOf(visible, 'Subject'), ['code', 'rating', 'section']);
  for (const gone of ['Secret', 'Detail', 'Grade', 'Any', 'Empty', 'Float']) {
    assert.equal(visible.getType(gone), undefined, gone);
  }
});

test('shows what a standing could open, and what wants a purpose', () => {
  const { schemaOf } = authorizationUnderTest();
  const agency = schemaOf(CALLERS.agency);
  assert.ok(fieldsOf(agency, 'Subject')?.includes('consented'));
  assert.deepEqual(fieldsOf(agency, 'Secret'), ['id', 'detail']);
  assert.equal(fieldsOf(agency, 'Subject')?.includes('duty'), false);
  const silent = schemaOf(inquiryOf({ tier: 'AGENCY' }, null));
  assert.deepEqual(fieldsOf(silent, 'Subject'), fieldsOf(agency, 'Subject'));
});

test('leaves a field of an interface where every implementer that is left has it', () => {
  const visible = authorizationUnderTest().schemaOf(CALLERS.anonymous);
  assert.deepEqual(fieldsOf(visible, 'Record'), ['id']);
  assert.deepEqual(fieldsOf(visible, 'Inspection'), ['id']);
  assert.deepEqual(fieldsOf(visible, 'Penalty'), ['id', 'text']);
});

test('stays a valid schema for every caller, with its descriptions', () => {
  const { schemaOf } = authorizationUnderTest();
  for (const [name, inquiry] of Object.entries(CALLERS)) {
    const visible = schemaOf(inquiry);
    // The schema claims to be valid so as to be printed even when empty; here it has to be.
    assert.doesNotThrow(() => {
      assertValidSchema(
        buildSchema(authorizationUnderTest().schemaText(inquiry, { locked: false })),
      );
    }, name);
    assert.equal(visible.getType('Subject')?.description, 'The subject of a query.');
  }
});

test('answers introspection without a word of what is locked', () => {
  const visible = authorizationUnderTest().schemaOf(CALLERS.anonymous);
  const answer = graphqlSync({ schema: visible, source: getIntrospectionQuery() });
  assert.equal(answer.errors, undefined);
  const text = JSON.stringify(answer.data);
  assert.doesNotMatch(text, /score|Secret|Detail|Grade|consented|granted|"Any"/);
  assert.match(text, /Its code\./);
});

test('shows an argument, and a field of an input, where the caller may write a value of it', () => {
  const { schemaOf } = authorizationUnderTest();
  const inputsOf = (inquiry: Inquiry): Record<string, string[]> => {
    const visible = schemaOf(inquiry);
    const [section, filter] = [visible.getType('Section'), visible.getType('RatingFilter')];
    assert.ok(isObjectType(section) && isInputObjectType(filter));
    const { ratings, placed } = section.getFields();
    return {
      ratings: ratings?.args.map(({ name }) => name) ?? [],
      placed: placed?.args.map(({ name }) => name) ?? [],
      filter: Object.keys(filter.getFields()),
    };
  };
  // Without its grade nothing could be placed, so that the field is not there either.
  const without = { ratings: ['filter', 'year'], placed: [], filter: ['year', 'any'] };
  assert.deepEqual(inputsOf(CALLERS.anonymous), without);
  assert.deepEqual(inputsOf(CALLERS.agency), without);
  const all = {
    ratings: ['grade', 'filter', 'year'],
    placed: ['grade'],
    filter: ['year', 'grade', 'any'],
  };
  for (const caller of ['taxOffice', 'enterprise', 'auditor'] as const) {
    assert.deepEqual(inputsOf(CALLERS[caller]), all, caller);
  }
});

test('shows no field, and no input, with a value that is locked and stands in by itself', () => {
  const { schemaOf } = authorizationUnderTest();
  const argumentsOf = (inquiry: Inquiry): Record<string, readonly string[]> => {
    const section = schemaOf(inquiry).getType('Section');
    assert.ok(isObjectType(section));
    const { best, ranked } = section.getFields();
    return Object.fromEntries(
      [best, ranked].flatMap((one) => (one ? [[one.name, one.args.map(({ name }) => name)]] : [])),
    );
  };
  assert.deepEqual(argumentsOf(CALLERS.anonymous), { ranked: ['by'] });
  assert.deepEqual(argumentsOf(CALLERS.taxOffice), { best: ['grade'], ranked: ['by', 'year'] });
});

test('shows an input that insists on a list of itself, without what is locked in it', () => {
  const { schemaOf } = authorizationUnderTest();
  const inputOf = (inquiry: Inquiry): readonly string[] => {
    const section = schemaOf(inquiry).getType('Section');
    assert.ok(isObjectType(section));
    const all = section.getFields()['listed']?.args.find(({ name }) => name === 'all');
    assert.ok(all && isInputObjectType(all.type));
    return Object.keys(all.type.getFields());
  };
  assert.deepEqual(inputOf(CALLERS.anonymous), ['year', 'all']);
  assert.deepEqual(inputOf(CALLERS.taxOffice), ['year', 'grade', 'all']);
});

test('shows a root without fields as what it is', () => {
  const locked = buildSchema('type Query { a: Int } type Mutation { b: Int }');
  const visible = createAuthorization(locked, requirements).schemaOf(CALLERS.anonymous);
  assert.deepEqual(fieldsOf(visible, 'Query'), []);
  assert.equal(visible.getMutationType() ?? null, null);
  const source = '{ __schema { queryType { name fields { name } } mutationType { name } } }';
  assert.deepEqual(JSON.parse(JSON.stringify(graphqlSync({ schema: visible, source }))), {
    data: { __schema: { queryType: { name: 'Query', fields: [] }, mutationType: null } },
  });
});

test('is made once for callers that are decided alike', () => {
  const { schemaOf } = authorizationUnderTest();
  const one = schemaOf(inquiryOf({ tier: 'AGENCY', id: 'one' }));
  assert.equal(schemaOf(inquiryOf({ tier: 'AGENCY', id: 'two' })), one);
  assert.notEqual(schemaOf(CALLERS.registered), one);
});

test('writes every field on request, with class and decision, and the way to be allowed', () => {
  const { schemaText } = authorizationUnderTest();
  assert.doesNotMatch(schemaText(CALLERS.anonymous, { locked: false }), /score|Locked/);
  const text = schemaText(CALLERS.anonymous, { locked: true });
  const marked = buildSchema(text);
  const score = (marked.getType('Subject') as { getFields?: () => unknown }).getFields?.() as
    | Record<string, { description: string }>
    | undefined;
  assert.equal(
    score?.['score']?.description,
    'Its score.\n\nLocked: AGENCY, sector tax. Its class is above what the tier of the caller sees.\n' +
      'Ask as a licensed credit agency, or as a government office.',
  );
  assert.match(score['code']?.description ?? '', /^Its code\.\n\nOpen: PUBLIC, sector /);
  assert.deepEqual(
    Object.keys(marked.getTypeMap()).sort(),
    Object.keys(schema.getTypeMap()).sort(),
  );
});

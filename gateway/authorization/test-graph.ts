// A graph and its callers for the tests of this room: two sectors, every class, abstract types.
import assert from 'node:assert/strict';
import { buildASTSchema, getOperationAST, parse, validate } from 'graphql';
import {
  ANONYMOUS,
  ANONYMOUS_INQUIRY,
  type Inquiry,
  type Principal,
} from '../../subgraphs/kit/authority/principal.ts';
import { createAuthorization } from './create-authorization.ts';
import { readRequirements } from '../../subgraphs/kit/composition/requirements/requirements.ts';
import type { Operation } from './walk-operation.ts';

const document = parse(`
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT
  directive @join__field(graph: join__Graph!) repeatable on FIELD_DEFINITION
  directive @label(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | ENUM | SCALAR
  directive @known on FIELD_DEFINITION | OBJECT | INTERFACE | ENUM | SCALAR
  enum join__Graph {
    TAX @join__graph(name: "tax", url: "http://t")
    COURTS @join__graph(name: "courts", url: "http://c")
  }
  type Query @join__type(graph: TAX) @join__type(graph: COURTS) @label(scopes: [["credit:public"]]) {
    subject: Subject @join__field(graph: TAX)
    records: [Record!]! @join__field(graph: TAX)
    penalties: [Penalty!]! @join__field(graph: TAX)
    any: [Any!]! @join__field(graph: TAX)
    safe: [Safe!]! @join__field(graph: TAX)
    secrets: [Secret!]! @join__field(graph: TAX)
    empty: Empty @join__field(graph: TAX)
    ranked(grade: Grade): Int @join__field(graph: TAX)
  }
  "The subject of a query."
  type Subject @join__type(graph: TAX) @join__type(graph: COURTS) {
    "Its code."
    code: ID! @label(scopes: [["credit:public"]])
    forgotten: String @join__field(graph: TAX)
    registered: Int @join__field(graph: TAX) @label(scopes: [["credit:registered"]])
    "Its score."
    score: Float @join__field(graph: TAX) @label(scopes: [["credit:agency"]])
    duty: Int @join__field(graph: TAX) @label(scopes: [["credit:government"]])
    consented: Int @join__field(graph: TAX) @label(scopes: [["credit:authorised"]])
    granted: Int @join__field(graph: TAX) @label(scopes: [["credit:special"]])
    shared: Int @label(scopes: [["credit:government"]])
    sharedConsented: Int @label(scopes: [["credit:authorised"]])
    either: Int @join__field(graph: TAX) @label(scopes: [["credit:special"], ["credit:authorised"]])
    both: Int @join__field(graph: TAX) @label(scopes: [["credit:special", "credit:authorised"]])
    known: Int @join__field(graph: TAX) @label(scopes: [["credit:public"]]) @known
    onlyKnown: Int @join__field(graph: TAX) @known
    knownAgency: Int @join__field(graph: TAX) @label(scopes: [["credit:agency"]]) @known
    grade: Grade @join__field(graph: TAX) @label(scopes: [["credit:public"]])
    rating: Penalty @join__field(graph: TAX) @label(scopes: [["credit:public"]])
    courtConsented: Int @join__field(graph: COURTS) @label(scopes: [["credit:authorised"]])
    section: Section @join__field(graph: TAX) @label(scopes: [["credit:public"]])
  }
  type Section @join__type(graph: TAX) @label(scopes: [["credit:public"]]) {
    ratings(grade: Grade, filter: RatingFilter, year: Int): Int
    placed(grade: Grade!): Int
    listed(grades: [Grade!], all: Listed): Int
    best(grade: Grade = A): Int
    ranked(by: Ranking = { grade: A }, year: Defaulted): Int
    inspection: Inspection
    secret: Secret
    dossier: Dossier @label(scopes: [["credit:government"]])
    own: Own @label(scopes: [["credit:authorised"]])
  }
  type Own @join__type(graph: TAX) @label(scopes: [["credit:public"]]) {
    finding: Int @label(scopes: [["credit:special"]])
  }
  type Dossier @join__type(graph: TAX) @label(scopes: [["credit:public"]]) {
    number: Int
    finding: Int @label(scopes: [["credit:special"]])
  }
  input RatingFilter @join__type(graph: TAX) { year: Int grade: Grade any: [RatingFilter!] }
  input Ranking @join__type(graph: TAX) { grade: Grade year: Int = 7 }
  input Defaulted @join__type(graph: TAX) { grade: Grade = A year: Int }
  input Listed @join__type(graph: TAX) { year: Int grade: Grade all: [Listed!]! }
  enum Grade @join__type(graph: TAX) @label(scopes: [["credit:government"]]) { A }
  interface Record @join__type(graph: TAX) @label(scopes: [["credit:special"]]) {
    id: ID! @label(scopes: [["credit:special"]])
    text: String
  }
  type Penalty implements Record @join__type(graph: TAX) {
    id: ID! @label(scopes: [["credit:public"]])
    text: String @label(scopes: [["credit:public"]])
  }
  type Inspection implements Record @join__type(graph: TAX) {
    id: ID! @label(scopes: [["credit:public"]])
    text: String @label(scopes: [["credit:special"]])
  }
  type Secret @join__type(graph: TAX) @label(scopes: [["credit:special"]]) { id: ID! detail: Detail }
  type Detail @join__type(graph: TAX) @label(scopes: [["credit:special"]]) { note: String }
  interface Empty @join__type(graph: TAX) { id: ID! }
  union Any @join__type(graph: TAX) = Penalty | Inspection | Secret
  union Safe @join__type(graph: TAX) = Penalty | Inspection
`);

/** The schema of the graph; labels and joins are read apart from it. */
export const schema = buildASTSchema(document);

/** What it asks, read under directives of other names than the usual ones. */
export const requirements = readRequirements(document, {
  requiresScopes: 'label',
  authenticated: 'known',
  policy: null,
});

/** The authorization of the graph, anew. */
export function authorizationUnderTest(): ReturnType<typeof createAuthorization> {
  return createAuthorization(schema, requirements);
}

/** An inquiry of a principal that may state a credit report, and does. */
export function inquiryOf(
  principal: Partial<Principal>,
  purpose: Inquiry['purpose'] = 'CREDIT_REPORT',
): Inquiry {
  const whole = { ...ANONYMOUS, purposes: ['CREDIT_REPORT' as const], ...principal };
  return { principal: whole, purpose, caseReference: null };
}

/** Callers of every kind. */
export const CALLERS = {
  anonymous: ANONYMOUS_INQUIRY,
  registered: inquiryOf({ tier: 'REGISTERED' }),
  agency: inquiryOf({ tier: 'AGENCY' }),
  enterprise: inquiryOf({ tier: 'REGISTERED', subject: '91990101MA7K3P2Q8J' }),
  taxOffice: inquiryOf({ tier: 'GOVERNMENT', sectorsOfDuty: ['tax'] }),
  office: inquiryOf({ tier: 'GOVERNMENT' }),
  wideOffice: inquiryOf({ tier: 'GOVERNMENT', sectorsOfDuty: ['tax', 'courts'] }),
  auditor: inquiryOf({ tier: 'GOVERNMENT', roles: ['AUDITOR'], purposes: ['AUDIT'] }, 'AUDIT'),
} satisfies Record<string, Inquiry>;

/** Parses and validates an operation of the graph. */
export function operationOf(text: string, name: string | null = null): Operation {
  const operationDocument = parse(text, { noLocation: true });
  assert.deepEqual(validate(schema, operationDocument), []);
  const operation = getOperationAST(operationDocument, name);
  assert.ok(operation);
  return { schema, document: operationDocument, operation };
}

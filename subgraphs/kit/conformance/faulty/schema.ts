// The schema of the faulty sector: customs, with a field of every class and a list above PUBLIC.
import { parse, print, type DocumentNode } from 'graphql';
import { completeSchema } from '../../composition/sector-schema.ts';
import type { Fault } from './faults.ts';

/** The name of the faulty sector. */
export const CUSTOMS = 'customs';

const PUBLIC = '@requiresScopes(scopes: [["credit:public"]])';
const PAGE = `(
    "Records a page, 0 to 100."
    first: Int! = 20
    "Cursor after which the page starts."
    after: String
  )`;

const SDL = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@requiresScopes"])

type Subject @key(fields: "code") ${PUBLIC} {
  "Unified social credit code."
  code: CreditCode!
  "What customs keep on the subject."
  customs: CustomsSection
}

type Query {
  "Penalties of all subjects that are on display."
  customsPenalties${PAGE}: CustomsPenaltyConnection ${PUBLIC}
}

"A subject's records with customs."
type CustomsSection ${PUBLIC} {
  "What was looked at for this answer."
  coverage: Coverage!
  "Penalties, newest first."
  penalties${PAGE}: CustomsPenaltyConnection
  "Ratings, newest first."
  ratings${PAGE}: CustomsRatingConnection
  "Inspections, newest first."
  inspections${PAGE}: CustomsInspectionConnection @requiresScopes(scopes: [["credit:government"]])
}

"A penalty by customs."
type CustomsPenalty implements CreditRecord ${PUBLIC} {
  "The penalty in the words of the decision."
  content: String!
  "The file that the penalty stands in."
  fileNumber: String @requiresScopes(scopes: [["credit:registered"]])
}

"A rating by customs."
type CustomsRating implements CreditRecord ${PUBLIC} {
  "The level."
  level: String!
  "What the assessor remarked."
  remarks: String @requiresScopes(scopes: [["credit:agency"]])
  "Points, 0 to 100."
  score: Float @requiresScopes(scopes: [["credit:authorised"]])
}

"An inspection by customs."
type CustomsInspection implements CreditRecord ${PUBLIC} {
  "What was found."
  outcome: String @requiresScopes(scopes: [["credit:government"]])
  "The goods that were looked at."
  goods: [String!] @requiresScopes(scopes: [["credit:special"]])
  "The facts found."
  facts: String @requiresScopes(scopes: [["credit:special"]])
}
`;

/** Gives the schema, with the fault where it is one of the schema. */
export function customsSchema(fault: Fault | null): DocumentNode {
  return completeSchema(parse(withFault(fault)));
}

/** Gives the text that the sector answers to `_service { sdl }`. */
export function customsSdl(fault: Fault | null): string {
  return print(customsSchema(fault));
}

/** Which text of the schema a fault replaces by which. */
const SPOILT: Readonly<Partial<Record<Fault, readonly [string, string]>>> = {
  'a section that cannot be null': ['customs: CustomsSection', 'customs: CustomsSection!'],
  'a field without a description': ['"The level."', ''],
  'a field without a label': [`CustomsPenaltyConnection ${PUBLIC}`, 'CustomsPenaltyConnection'],
  'a refusal that takes others along': ['remarks: String', 'remarks: String!'],
};

function withFault(fault: Fault | null): string {
  const [from, to] = (fault && SPOILT[fault]) ?? ['', ''];
  return SDL.replace(from, to);
}

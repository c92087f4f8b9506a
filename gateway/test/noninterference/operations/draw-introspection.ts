// Draws questions about the schema itself, and misspells names so that the answer suggests others:
// both must tell a caller of nothing that is not its own.
import type { GraphQLSchema } from 'graphql';
import type { Random } from '../../../../subgraphs/kit/samples/random.ts';
import type { DrawnDocument } from './draw-document.ts';

const FIELD = 'name description args { name type { name kind } } type { name ofType { name } }';

/** Draws a document that asks for types, fields or directives. */
export function drawIntrospection(random: Random, schema: GraphQLSchema): DrawnDocument {
  const types = Object.keys(schema.getTypeMap());
  const type = random.pick(types);
  const text = random.weighted([
    [`{ __type(name: "${type}") { kind name description fields { ${FIELD} } } }`, 6],
    [`{ __type(name: "${type}") { enumValues { name } possibleTypes { name } } }`, 2],
    [`{ __type(name: "${type.slice(0, -1)}") { name } }`, 1],
    ['{ __schema { types { name fields { name } } } }', 1],
    ['{ __schema { queryType { name fields { name } } directives { name } } }', 1],
    ['{ __typename }', 1],
  ]);
  const [, root = '__typename'] = /\{ (__[a-z]+)/.exec(text) ?? [];
  return { text, operations: [{ name: null, variables: [], roots: [root] }], isMisspelt: false };
}

/** Takes a letter out of a name of a document, or doubles one. */
export function misspell(random: Random, text: string): string {
  const names = [...text.matchAll(/[A-Za-z]{4,}/g)];
  if (names.length === 0) return text;
  const found = random.pick(names);
  const at = found.index + random.integer(1, found[0].length - 1);
  const letter = text.charAt(at);
  return text.slice(0, at) + (random.chance(0.5) ? '' : letter + letter) + text.slice(at + 1);
}

// Draws a GraphQL document: valid by construction, of all that the language allows, and within the
// limits of the gateway for the most part. The same stream of chance gives the same document.
import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { Random } from '../../../../subgraphs/kit/samples/random.ts';
import { drawIntrospection, misspell } from './draw-introspection.ts';
import { drawRoot } from './draw-selection.ts';
import { drawValue, type ArgumentPlace, type Json } from './draw-value.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What documents are drawn from. */
export interface DrawSource {
  readonly schema: GraphQLSchema;
  /** Whether the caller could be shown a field; now and then another one is drawn. */
  readonly maySee: (coordinate: string) => boolean;
  readonly words: Vocabulary;
}

/** A variable of an operation; its value is drawn for each request. */
export interface DrawnVariable {
  readonly name: string;
  readonly place: ArgumentPlace;
  /** Whether the operation gives it a value where the request gives none. */
  readonly isOptional: boolean;
}

/** An operation of a document. */
export interface DrawnOperation {
  readonly name: string | null;
  readonly variables: readonly DrawnVariable[];
  /** Names of the fields at the root. */
  readonly roots: readonly string[];
}

/** A document with what requests of it need. */
export interface DrawnDocument {
  readonly text: string;
  readonly operations: readonly DrawnOperation[];
  /** Whether a name in it was misspelt on purpose. */
  readonly isMisspelt: boolean;
}

/** A request of a document. */
export interface DrawnRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, Json>>;
  /** Root fields of the operation that is asked. */
  readonly roots: readonly string[];
  readonly isMisspelt: boolean;
}

/** A fragment that has been written, with what its reuse depends on. */
export interface DrawnFragment {
  readonly name: string;
  readonly on: string;
  readonly keys: readonly string[];
  /** The operation whose variables it uses; null where it uses none. */
  readonly operation: number | null;
}

/** What is written down while a document is drawn. */
export interface Drawing extends DrawSource {
  readonly random: Random;
  readonly fragments: DrawnFragment[];
  readonly fragmentTexts: string[];
  /** The operation that is being drawn. */
  operation: number;
  variables: DrawnVariable[];
  definitions: string[];
  aliases: number;
  fieldsLeft: number;
}

const FIELDS_MAX = 40;

/** Draws a document. */
export function drawDocument(random: Random, source: DrawSource): DrawnDocument {
  if (random.chance(0.02)) return drawIntrospection(random, source.schema);
  const count = random.weighted([
    [1, 12],
    [2, 1],
    [3, 0.4],
  ]);
  const drawing: Drawing = {
    ...source,
    random,
    fragments: [],
    fragmentTexts: [],
    operation: 0,
    variables: [],
    definitions: [],
    aliases: 0,
    fieldsLeft: 0,
  };
  const operations: DrawnOperation[] = [];
  const texts: string[] = [];
  for (let at = 0; at < count; at += 1) {
    Object.assign(drawing, { operation: at, variables: [], definitions: [] });
    drawing.fieldsLeft = FIELDS_MAX;
    const { text: selections, roots } = drawRoot(drawing);
    const name = count > 1 || random.chance(0.3) ? `Op${at}` : null;
    const { variables, definitions } = drawing;
    texts.push(`${head(random, name, definitions)}{ ${selections} }`);
    operations.push({ name, variables, roots });
  }
  const text = [...texts, ...drawing.fragmentTexts].join('\n');
  if (!random.chance(0.02)) return { text, operations, isMisspelt: false };
  return { text: misspell(random, text), operations, isMisspelt: true };
}

function head(random: Random, name: string | null, definitions: readonly string[]): string {
  if (name === null && definitions.length === 0 && random.chance(0.7)) return '';
  const variables = definitions.length === 0 ? '' : `(${definitions.join(', ')})`;
  return `${OperationTypeNode.QUERY} ${name ?? ''}${variables} `;
}

/** Draws a request of a document: which of its operations, with which values. */
export function drawRequest(
  random: Random,
  { text, operations, isMisspelt }: DrawnDocument,
  words: Vocabulary,
): DrawnRequest {
  const operation = random.pick(operations);
  const given = operation.variables.filter(({ isOptional }) => !isOptional || random.chance(0.6));
  return {
    query: text,
    operationName: operation.name,
    variables: Object.fromEntries(
      given.map(({ name, place }) => [name, drawValue(random, place, words)]),
    ),
    roots: operation.roots,
    isMisspelt,
  };
}

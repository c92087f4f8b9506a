// An error of composition in the words of a sector's team: what is wrong, between which sectors, where
// it stands, and how to mend it.
import { isAbsolute, relative } from 'node:path';
import { getLocation, GraphQLError, Kind, type ASTNode, type DocumentNode } from 'graphql';
import { explainCode } from './composition-codes.ts';
import type { Subgraph } from './subgraph.ts';

/** A place in a file; line and column count from 1. */
export interface Place {
  /** Relative to the folder of supergraph.yaml. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that keeps the subgraphs from composing. */
export interface CompositionProblem {
  /** Code of @apollo/composition, `FIELD_TYPE_MISMATCH`; `UNREADABLE` for a file that cannot be read. */
  readonly code: string;
  /** Names of the sectors that it is about; empty where the text names none. */
  readonly sectors: readonly string[];
  /** `Type.field` or `Type`; null where it is about neither. */
  readonly coordinate: string | null;
  /** Where it stands, at most 6 places. */
  readonly places: readonly Place[];
  /** What is wrong. */
  readonly message: string;
  /** How to mend it. */
  readonly remedy: string;
  /** The text of the composer with its places: for who knows Federation. */
  readonly text: string;
}

/** A type that all sectors share has a place in each of them. */
const PLACES_MAX = 6;

/**
 * Explains an error of composition.
 *
 * @param error a GraphQLError, or an Error of a file that cannot be read
 * @param sector the sector in whose schema it arose, where that is known
 * @param subgraphs those that were composed, to find what the error names without a place
 * @param directory folder that places are relative to
 */
export function explainComposition(
  error: Error,
  sector: string | null,
  subgraphs: readonly Subgraph[],
  directory: string,
): CompositionProblem {
  const code = error instanceof GraphQLError ? codeOf(error) : 'UNREADABLE';
  const own = error instanceof GraphQLError ? placesOf(error, directory) : [];
  const named = sector === null ? namedSectors(error.message) : [sector];
  const coordinate = namedCoordinate(error.message);
  const found =
    own.length > 0 || coordinate === null
      ? own
      : findCoordinate(coordinate, named, subgraphs, directory);
  const places = found.slice(0, PLACES_MAX);
  const prefix = sector === null ? '' : `[${sector}] `;
  const shown = own
    .slice(0, PLACES_MAX)
    .map(({ file, line, column }) => `${file}:${line}:${column}`);
  const places_ = shown.length === 0 ? '' : ` (${shown.join(', ')})`;
  return {
    code,
    sectors: named,
    coordinate,
    places,
    ...explainCode(code, { text: error.message, sectors: named, coordinate }),
    text: `${prefix}${error.message}${places_}`,
  };
}

function codeOf(error: GraphQLError): string {
  const { code } = error.extensions;
  return typeof code === 'string' ? code : 'INVALID_GRAPHQL';
}

/** What the kit has added to a schema has a file as well, but the sector cannot mend it there. */
function placesOf(error: GraphQLError, directory: string): readonly Place[] {
  const ofNodes = (error.nodes ?? []).flatMap((node) => placeOf(node, directory));
  if (ofNodes.length > 0) return unique(ofNodes);
  const { source } = error;
  if (!source || !isAbsolute(source.name)) return [];
  const file = relative(directory, source.name);
  return (error.locations ?? []).map(({ line, column }) => ({ file, line, column }));
}

/** Says where a node stands; nothing for one that stands in no file. */
export function placeOf({ loc }: ASTNode, directory: string): readonly Place[] {
  if (!loc || !isAbsolute(loc.source.name)) return [];
  const { line, column } = getLocation(loc.source, loc.start);
  return [{ file: relative(directory, loc.source.name), line, column }];
}

function unique(places: readonly Place[]): readonly Place[] {
  const byText = new Map(places.map((place) => [Object.values(place).join(':'), place]));
  return [...byText.values()];
}

/** `[tax] ...`, `subgraph "tax"` and `subgraphs "tax", "courts" and "registry"`. */
function namedSectors(text: string): readonly string[] {
  const names = new Set<string>();
  const prefix = /^\[([^\]]+)\]/.exec(text)?.[1];
  if (prefix !== undefined) names.add(prefix);
  for (const [list] of text.matchAll(/subgraphs? (?:"[^"]+"(?:, | and )?)+/g)) {
    for (const [, name] of list.matchAll(/"([^"]+)"/g)) if (name !== undefined) names.add(name);
  }
  return [...names];
}

/** The first name in quotes that is one of a type, of a field or of an argument of it. */
function namedCoordinate(text: string): string | null {
  const field = /cannot find field "([A-Za-z_]\w*\.\w+)"/.exec(text)?.[1];
  if (field !== undefined) return field;
  return /"([A-Z_]\w*(?:\.\w+(?:\(\w+:\))?)?)"/.exec(text)?.[1] ?? null;
}

function findCoordinate(
  coordinate: string,
  sectors: readonly string[],
  subgraphs: readonly Subgraph[],
  directory: string,
): readonly Place[] {
  const [type = '', field] = coordinate.replace(/\(.*$/, '').split('.');
  // What a query cannot reach stands in another sector than those that cannot reach it.
  const first = subgraphs.filter(({ name }) => sectors.includes(name));
  const others = subgraphs.filter((subgraph) => !first.includes(subgraph));
  return [...first, ...others].flatMap(({ own }) =>
    nodesOf(own, type, field).flatMap((node) => placeOf(node, directory)),
  );
}

function nodesOf(document: DocumentNode, type: string, field?: string): readonly ASTNode[] {
  return document.definitions.flatMap((definition): readonly ASTNode[] => {
    if (!('name' in definition) || definition.name.value !== type) return [];
    if (definition.kind === Kind.FRAGMENT_DEFINITION) return [];
    if (field === undefined) return [definition];
    const members = 'fields' in definition ? (definition.fields ?? []) : [];
    return members.filter((member) => member.name.value === field);
  });
}

// The whole schema of a sector: its own file and, of the types that all sectors share, those it uses
// without defining them. A sector in another language defines them itself and nothing is added.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isSpecifiedScalarType,
  Kind,
  parse,
  Source,
  specifiedScalarTypes,
  visit,
  type DefinitionNode,
  type DocumentNode,
} from 'graphql';

const COMMON_FILE = join(import.meta.dirname, 'common.graphql');
const BUILT_IN = new Set(specifiedScalarTypes.filter(isSpecifiedScalarType).map((t) => t.name));

/** Names the file of a sector's schema within the sector's folder. */
export const SCHEMA_FILE = 'schema.graphql';

/**
 * Reads the schema of a sector from a file.
 *
 * @throws GraphQLError with file, line and column for a text that is not SDL
 */
export function readSectorSchema(path: string): DocumentNode {
  return completeSchema(parse(new Source(readFileSync(path, 'utf8'), path)));
}

/** Adds the shared types that a schema uses, and those that these use, if it does not define them. */
export function completeSchema(document: DocumentNode): DocumentNode {
  const shared = readCommonTypes();
  const present = new Set<string>();
  for (const definition of document.definitions) {
    const name = nameOf(definition);
    if (name !== null) present.add(name);
  }
  const added: DefinitionNode[] = [];
  const wanted = [...usedTypes(document)];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const definition = shared.get(name);
    if (present.has(name) || definition === undefined) continue;
    present.add(name);
    added.push(definition);
    wanted.push(...usedTypes(definition));
  }
  return { kind: Kind.DOCUMENT, definitions: [...document.definitions, ...added] };
}

function readCommonTypes(): ReadonlyMap<string, DefinitionNode> {
  const types = new Map<string, DefinitionNode>();
  for (const definition of parse(new Source(readFileSync(COMMON_FILE, 'utf8'), COMMON_FILE))
    .definitions) {
    const name = nameOf(definition);
    if (name !== null) types.set(name, definition);
  }
  return types;
}

function usedTypes(node: DocumentNode | DefinitionNode): Set<string> {
  const names = new Set<string>();
  visit(node, {
    NamedType(type) {
      if (!BUILT_IN.has(type.name.value)) names.add(type.name.value);
    },
  });
  return names;
}

function nameOf(definition: DefinitionNode): string | null {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return definition.name.value;
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_EXTENSION:
    case Kind.UNION_TYPE_EXTENSION:
    case Kind.ENUM_TYPE_EXTENSION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
    case Kind.SCALAR_TYPE_EXTENSION:
    case Kind.SCHEMA_DEFINITION:
    case Kind.SCHEMA_EXTENSION:
    case Kind.DIRECTIVE_DEFINITION:
    case Kind.OPERATION_DEFINITION:
    case Kind.FRAGMENT_DEFINITION:
      return null;
  }
}

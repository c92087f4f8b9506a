// The whole schema of a sector: its own file, and what every sector would otherwise write again. A
// sector in another language writes it all itself, and nothing is added.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isTypeDefinitionNode,
  Kind,
  parse,
  Source,
  specifiedScalarTypes,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';

const COMMON_FILE = join(import.meta.dirname, 'common.graphql');
const BUILT_IN = new Set(specifiedScalarTypes.map((t) => t.name));

const RECORD_INTERFACE = 'CreditRecord';

/** Names the file of a sector's schema within the sector's folder. */
export const SCHEMA_FILE = 'schema.graphql';

/**
 * Reads the schema of a sector from a file.
 *
 * @param sector its name; without it the schema has no field for its status
 * @throws GraphQLError with file, line and column for a text that is not SDL
 */
export function readSectorSchema(path: string, sector?: string): DocumentNode {
  return completeSchema(parse(new Source(readFileSync(path, 'utf8'), path)), sector);
}

/** Names the root field that tells the status of a sector. */
export function statusFieldOf(sector: string): string {
  return `${sector}Status`;
}

/**
 * Completes a schema with what it uses and does not define:
 *
 * - the types that all sectors share (`common.graphql`), and those that these use;
 * - `XConnection` and `XEdge` of an object type `X` that implements `CreditRecord`;
 * - the fields of `CreditRecord`, and `history`, in the types that implement it;
 * - `<sector>Status` at the root, where the sector has such types and is named.
 */
export function completeSchema(document: DocumentNode, sector?: string): DocumentNode {
  const shared = readCommonTypes();
  const written = sector === undefined ? document.definitions : withStatus(document, sector);
  const own = written.map((definition) =>
    isRecordType(definition) ? completeRecordType(definition, shared) : definition,
  );
  const present = new Map<string, DefinitionNode>();
  for (const definition of own) {
    const name = nameOf(definition);
    if (name !== null) present.set(name, definition);
  }
  const added: DefinitionNode[] = [];
  const wanted = own.flatMap((definition) => [...usedTypes(definition)]);
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (present.has(name)) continue;
    const definition = shared.get(name) ?? connectionType(name, present);
    if (definition === null) continue;
    present.set(name, definition);
    added.push(definition);
    wanted.push(...usedTypes(definition));
  }
  return { kind: Kind.DOCUMENT, definitions: [...own, ...added] };
}

/** A sector that defines what a record is does without the kit, and writes its schema whole. */
function withStatus({ definitions }: DocumentNode, sector: string): readonly DefinitionNode[] {
  const isOfKit =
    definitions.some(isRecordType) &&
    !definitions.some((definition) => nameOf(definition) === RECORD_INTERFACE);
  const roots = definitions.filter(isQueryType);
  const name = statusFieldOf(sector);
  const isStated = roots.some(({ fields = [] }) => fields.some((one) => one.name.value === name));
  if (!isOfKit || isStated) return definitions;
  const [status] = fieldsOf(`type Query {
    "What the sector holds of all subjects, as far as you may see it, and how current it is; null, with an error, when the sector did not answer."
    ${name}: SectorStatus @requiresScopes(scopes: [["credit:government"]])
  }`);
  if (!status) throw new Error('the field for the status of a sector is missing');
  const [first] = roots;
  if (!first) {
    const type = { kind: Kind.NAME, value: 'Query' } as const;
    return [...definitions, { kind: Kind.OBJECT_TYPE_DEFINITION, name: type, fields: [status] }];
  }
  return definitions.map((definition) =>
    definition === first ? { ...first, fields: [...(first.fields ?? []), status] } : definition,
  );
}

function isQueryType(
  definition: DefinitionNode,
): definition is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  const isObject =
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION;
  return isObject && definition.name.value === 'Query';
}

function isRecordType(definition: DefinitionNode): definition is ObjectTypeDefinitionNode {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
    (definition.interfaces ?? []).some((type) => type.name.value === RECORD_INTERFACE)
  );
}

function completeRecordType(
  type: ObjectTypeDefinitionNode,
  shared: ReadonlyMap<string, DefinitionNode>,
): ObjectTypeDefinitionNode {
  const record = shared.get(RECORD_INTERFACE);
  if (record?.kind !== Kind.INTERFACE_TYPE_DEFINITION) throw new Error('CreditRecord is missing');
  const stated = new Set((type.fields ?? []).map((field) => field.name.value));
  const history = fieldsOf(`type X {
    "Earlier versions of the record, newest first, at most 20; a change supersedes, nothing is overwritten."
    history: [${type.name.value}!]!
  }`);
  const missing = [...(record.fields ?? []), ...history].filter(
    (field) => !stated.has(field.name.value),
  );
  return { ...type, fields: [...(type.fields ?? []), ...missing] };
}

function connectionType(
  name: string,
  present: ReadonlyMap<string, DefinitionNode>,
): DefinitionNode | null {
  const [, node, kind] = /^(.+?)(Connection|Edge)$/.exec(name) ?? [];
  const record = node === undefined ? undefined : present.get(node);
  if (node === undefined || record === undefined || !isRecordType(record)) return null;
  const text =
    kind === 'Edge'
      ? `"A record of a page with its cursor."
         type ${name} @requiresScopes(scopes: [["credit:public"]]) {
           "The place of the record in the connection."
           cursor: String!
           "The record."
           node: ${node}!
         }`
      : `"A page of records, newest first."
         type ${name} @requiresScopes(scopes: [["credit:public"]]) {
           "The records of the page with their cursors."
           edges: [${node}Edge!]!
           "The records of the page."
           nodes: [${node}!]!
           "The place of the page."
           pageInfo: PageInfo!
           "How many records the connection has in all pages, of those that you may see."
           totalCount: Int!
         }`;
  return parse(text).definitions[0] ?? null;
}

function fieldsOf(text: string): readonly FieldDefinitionNode[] {
  const [definition] = parse(text).definitions;
  return definition?.kind === Kind.OBJECT_TYPE_DEFINITION ? (definition.fields ?? []) : [];
}

/** Reads the types that all sectors share, by name. */
export function readCommonTypes(): ReadonlyMap<string, DefinitionNode> {
  const types = new Map<string, DefinitionNode>();
  for (const definition of parse(new Source(readFileSync(COMMON_FILE, 'utf8'), COMMON_FILE))
    .definitions) {
    const name = nameOf(definition);
    if (name !== null) types.set(name, definition);
  }
  return types;
}

function usedTypes(node: DefinitionNode): Set<string> {
  const names = new Set<string>();
  visit(node, {
    NamedType(type) {
      if (!BUILT_IN.has(type.name.value)) names.add(type.name.value);
    },
  });
  return names;
}

function nameOf(definition: DefinitionNode): string | null {
  return isTypeDefinitionNode(definition) ? definition.name.value : null;
}

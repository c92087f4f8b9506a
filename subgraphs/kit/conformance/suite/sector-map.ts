// The schema of a sector under test, read from what the sector itself answers: which classes its fields
// have, which types are records, where lists of them are.
import {
  buildASTSchema,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { DisclosureClass } from '../../authority/disclosure-class.ts';
import { readFieldClasses, type FieldClasses } from '../../authority/labels.ts';

/** A list that is read by pages: of one subject in a section, or of all subjects below `Query`. */
export interface PagedField {
  readonly root: 'Subject' | 'Query';
  /** Fields from the root to the list, itself included. */
  readonly fields: readonly string[];
  readonly coordinate: string;
  readonly class: DisclosureClass | undefined;
  /** A connection has totalCount and cursors of each record, a change feed an end cursor alone. */
  readonly kind: 'CONNECTION' | 'FEED';
  readonly nodeType: string;
  /** Whether its total may stop at a limit, by `isTotalCapped`. */
  readonly mayBeCapped: boolean;
}

/** What the suite knows of a sector by its schema. */
export interface SectorMap {
  readonly document: DocumentNode;
  readonly schema: GraphQLSchema;
  readonly classes: FieldClasses;
  /** Object types of the sector, without those of Federation. */
  readonly types: readonly GraphQLObjectType[];
  readonly recordTypes: ReadonlySet<string>;
  /** The type of the field that the sector adds to Subject; null where it adds none of its name. */
  readonly section: GraphQLObjectType | null;
  readonly paged: readonly PagedField[];
}

/** The interface of every record. */
export const RECORD = 'CreditRecord';
const SUBJECT = 'Subject';

/**
 * Reads the schema that a sector answers to `_service { sdl }`.
 *
 * @throws Error where it is no schema, or its labels are not of the closed list
 */
export function readSectorMap(sector: string, sdl: string): SectorMap {
  const document = asDefinitions(parse(sdl, { maxLexicalTokens: 200_000 }));
  const schema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  const types = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('_'));
  const classes = readFieldClasses(document);
  const section = getNamed(schema.getType(SUBJECT), sector);
  const map = { document, schema, classes, types, section };
  return {
    ...map,
    recordTypes: new Set(types.filter(isRecord).map(({ name }) => name)),
    paged: [
      ...pagedFields(map, 'Query', schema.getQueryType() ?? null, []),
      ...(section === null
        ? pagedFields(map, SUBJECT, objectOf(schema.getType(SUBJECT)), [])
        : pagedFields(map, SUBJECT, section, [sector])),
    ],
  };
}

/** Tells a field that can be asked without knowing more than the schema. */
export function isAskable(field: GraphQLField<unknown, unknown>): boolean {
  return field.args.every((arg) => !isNonNullType(arg.type) || arg.defaultValue !== undefined);
}

function pagedFields(
  { schema, classes }: Pick<SectorMap, 'schema' | 'classes'>,
  root: PagedField['root'],
  type: GraphQLObjectType | null,
  above: readonly string[],
): readonly PagedField[] {
  return Object.values(type?.getFields() ?? {}).flatMap((field): readonly PagedField[] => {
    const page = objectOf(getNamedType(field.type))?.getFields() ?? {};
    const args = new Set(field.args.map(({ name }) => name));
    const nodes = page['nodes'];
    if (!args.has('first') || !args.has('after') || !isAskable(field) || !nodes) return [];
    if (!('pageInfo' in page && 'totalCount' in page) && !('hasNextPage' in page)) return [];
    const coordinate = `${type?.name ?? ''}.${field.name}`;
    const nodeType = schema.getType(getNamedType(nodes.type).name);
    return [
      {
        root,
        fields: [...above, field.name],
        coordinate,
        class: classes.get(coordinate),
        kind: 'pageInfo' in page ? 'CONNECTION' : 'FEED',
        nodeType: nodeType?.name ?? '',
        mayBeCapped: 'isTotalCapped' in page,
      },
    ];
  });
}

/** Extensions stand for definitions: Federation has no base for them, and other tools write them. */
function asDefinitions(document: DocumentNode): DocumentNode {
  const defined = new Set(
    document.definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ? [node.name.value] : [],
    ),
  );
  const definitions = document.definitions.flatMap((node): DefinitionNode[] => {
    if (node.kind === Kind.SCHEMA_EXTENSION) return [];
    if (node.kind !== Kind.OBJECT_TYPE_EXTENSION || defined.has(node.name.value)) return [node];
    return [{ ...node, kind: Kind.OBJECT_TYPE_DEFINITION }];
  });
  return { kind: Kind.DOCUMENT, definitions };
}

function isRecord(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some((one) => isInterfaceType(one) && one.name === RECORD);
}

function objectOf(type: unknown): GraphQLObjectType | null {
  return isObjectType(type) ? type : null;
}

function getNamed(type: unknown, field: string): GraphQLObjectType | null {
  const found = objectOf(type)?.getFields()[field];
  return found ? objectOf(getNamedType(found.type)) : null;
}

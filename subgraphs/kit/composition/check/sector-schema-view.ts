// The schema of a sector as the rules read it: its own types and fields, each with its class, apart
// from what the kit has added.
import {
  Kind,
  type ASTNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type EnumTypeExtensionNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InputObjectTypeExtensionNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type ScalarTypeDefinitionNode,
  type TypeNode,
  type UnionTypeDefinitionNode,
} from 'graphql';
import {
  rankOfClass,
  stricterClass,
  type DisclosureClass,
} from '../../authority/disclosure-class.ts';
import { readCommonTypes } from '../sector-schema.ts';
import type { Subgraph } from '../subgraph.ts';
import { readCheckComments, type CheckComment } from './check-comments.ts';
import { readLabel } from './read-label.ts';

/** An object type, or more of one. */
export type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;
/** An object or interface type, or more of one. */
export type FieldsNode = ObjectNode | InterfaceTypeDefinitionNode | InterfaceTypeExtensionNode;
/** A type of any kind that a sector may write. */
export type OwnType =
  | FieldsNode
  | EnumTypeDefinitionNode
  | EnumTypeExtensionNode
  | InputObjectTypeDefinitionNode
  | InputObjectTypeExtensionNode
  | ScalarTypeDefinitionNode
  | UnionTypeDefinitionNode;

/** A field of an object or interface type, with its type. */
export interface OwnField {
  readonly type: FieldsNode;
  readonly field: FieldDefinitionNode;
  /** `Type.field`. */
  readonly coordinate: string;
}

/** What the rules read. */
export interface SectorSchema {
  readonly sector: string;
  /** With what all of it is about, for findings that have no place of their own. */
  readonly document: DocumentNode;
  /** Types that the sector has written itself; those that all sectors share are not among them. */
  readonly types: readonly OwnType[];
  /** The fields of these types. */
  readonly fields: readonly OwnField[];
  /** Any type of the whole schema, by its name. */
  readonly type: (name: string) => OwnType | undefined;
  /** Tells whether a type is one that all sectors share. */
  readonly isShared: (name: string) => boolean;
  /** Name of the type of the section; null for a sector without one. */
  readonly section: string | null;
  /** What the names of the sector's types begin with. */
  readonly prefix: string;
  /** The prefix, and for a sector without a section, which keeps the subject itself, its name. */
  readonly prefixes: readonly string[];
  /** Class of a field: the stricter of its label and its type's; null without either. */
  readonly classOf: (type: string, field: string) => DisclosureClass | null;
  /** Least restricted class of the rows of a record type; PUBLIC where it is not known. */
  readonly rowClass: (type: string) => DisclosureClass;
  /** Types of the whole schema by their names, each with what extends it. */
  readonly whole: ReadonlyMap<string, readonly OwnType[]>;
  /** What the schema says to `check` itself. */
  readonly comments: readonly CheckComment[];
  /** The other sectors, which see no others themselves. */
  readonly others: readonly SectorSchema[];
}

/** The types by which operations begin. */
export const ROOT_TYPES: readonly string[] = ['Query', 'Mutation', 'Subscription'];
/** The entity that all sectors share. */
export const SUBJECT = 'Subject';

/** Reads the schema of a sector for the rules. */
export function viewSchema(
  subgraph: Subgraph,
  others: readonly Subgraph[] = [],
  rowClasses: ReadonlyMap<string, DisclosureClass> = new Map(),
): SectorSchema {
  const common = readCommonTypes();
  const whole = new Map<string, OwnType[]>();
  for (const type of typesOf(subgraph.whole)) {
    whole.set(type.name.value, [...(whole.get(type.name.value) ?? []), type]);
  }
  const types = typesOf(subgraph.own).filter(({ name }) => !common.has(name.value));
  const section = sectionOf(whole.get(SUBJECT) ?? [], subgraph.name);
  const prefix = section?.replace(/Section$/, '') ?? pascalCase(subgraph.name);
  return {
    sector: subgraph.name,
    document: subgraph.own,
    types,
    fields: types.flatMap(fieldsOf),
    type: (name) => whole.get(name)?.[0],
    isShared: (name) => common.has(name),
    section,
    prefix,
    prefixes: section === null ? [prefix, SUBJECT] : [prefix],
    classOf: (type, field) => classOf(whole.get(type) ?? [], field),
    rowClass: (type) => rowClasses.get(type) ?? 'PUBLIC',
    whole,
    comments: readCheckComments(subgraph.own),
    others: others.map((other) => viewSchema(other)),
  };
}

/** Lists the fields of a type, if it is one that has fields with arguments. */
export function fieldsOf(type: OwnType): readonly OwnField[] {
  if (!isFieldsNode(type)) return [];
  return (type.fields ?? []).map((field) => ({
    type,
    field,
    coordinate: `${type.name.value}.${field.name.value}`,
  }));
}

/** Tells whether a type is an object type, or more of one. */
export function isObjectNode(type: ASTNode): type is ObjectNode {
  return type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.OBJECT_TYPE_EXTENSION;
}

/** Tells whether a type implements an interface. */
export function doesImplement(type: OwnType, name: string): boolean {
  return isFieldsNode(type) && (type.interfaces ?? []).some((one) => one.name.value === name);
}

/** Tells whether a name begins with a whole word: `courtJudgments` with `court`, `courtyard` not. */
export function beginsWith(name: string, word: string): boolean {
  return name.startsWith(word) && !/^[a-z]/.test(name.slice(word.length));
}

/** Takes lists and non-null away: `[Money!]!` is Money. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** Tells whether a type is a list, null or not. */
export function isList(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isList(type.type);
  return type.kind === Kind.LIST_TYPE;
}

/** `courts` to `Courts`. */
export function pascalCase(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** `CourtJudgment` to `courtJudgment`. */
export function camelCase(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

function isFieldsNode(type: ASTNode): type is FieldsNode {
  return (
    isObjectNode(type) ||
    type.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    type.kind === Kind.INTERFACE_TYPE_EXTENSION
  );
}

function typesOf(document: DocumentNode): readonly OwnType[] {
  return document.definitions.filter(isTypeNode);
}

/** Tells whether a definition is one of a type, or more of one. */
export function isTypeNode(node: ASTNode): node is OwnType {
  return (
    isFieldsNode(node) ||
    node.kind === Kind.ENUM_TYPE_DEFINITION ||
    node.kind === Kind.ENUM_TYPE_EXTENSION ||
    node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ||
    node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION ||
    node.kind === Kind.SCALAR_TYPE_DEFINITION ||
    node.kind === Kind.UNION_TYPE_DEFINITION
  );
}

/** The type behind the field of Subject that is named as the sector. */
function sectionOf(subject: readonly OwnType[], sector: string): string | null {
  const own = subject.flatMap(fieldsOf).find(({ field }) => field.name.value === sector);
  return own ? namedType(own.field.type) : null;
}

function classOf(types: readonly OwnType[], name: string): DisclosureClass | null {
  for (const type of types) {
    const own = fieldsOf(type).find(({ field }) => field.name.value === name);
    if (!own) continue;
    const labels = [
      readLabel(own.field.directives),
      ...types.map((one) => readLabel(one.directives)),
    ];
    const classes = labels.flatMap((label) => (label.kind === 'class' ? [label.class] : []));
    // A label that cannot be read covers nothing less than the strictest.
    if (labels.some(({ kind }) => kind === 'unread')) return 'SPECIAL';
    return classes.length === 0 ? null : classes.reduce(stricterClass);
  }
  return null;
}

/** Ranks a class; what has none is refused to everybody, and so above all. */
export function rankOf(value: DisclosureClass | null): number {
  return value === null ? rankOfClass('SPECIAL') + 1 : rankOfClass(value);
}

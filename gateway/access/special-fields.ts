// Which fields of a supergraph can be applied for, and which fields stand below them: a grant on
// `ConstructionTender.bids` is of use only with the fields of the bids.
import {
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import type { DisclosureClass } from '../../subgraphs/kit/authority/disclosure-class.ts';

/** What is read of a field's labels and owners. */
export interface FieldLookup {
  /** The class that a field asks for, type label included; null where nobody may see it. */
  readonly classOf: (type: string, field: string) => DisclosureClass | null;
  /** Names of the sectors that resolve a field. */
  readonly sectorsOf: (type: string, field: string) => readonly string[];
}

/** The SPECIAL fields of a supergraph. */
export interface SpecialFields {
  /** Coordinates of class SPECIAL that a sector resolves; empty for an unknown sector. */
  readonly specialFields: (sector: string) => ReadonlySet<string>;
  /**
   * Adds to fields the SPECIAL fields of the value types below them, sorted. Where fields of such a
   * type are named themselves, those are meant and no others of that type: so a part of a value can
   * be asked for, and an expanded list stays as it is. Records and subjects are not value types:
   * their own SPECIAL fields are always named.
   */
  readonly expandSpecial: (fields: readonly string[]) => readonly string[];
}

const RECORD_INTERFACE = 'CreditRecord';

/** Reads the SPECIAL fields of a composed supergraph. */
export function specialFieldsOf(document: DocumentNode, lookup: FieldLookup): SpecialFields {
  const types = readTypes(document);
  const bySector = new Map<string, Set<string>>();
  const isSpecial = (type: string, field: string): boolean =>
    lookup.classOf(type, field) === 'SPECIAL';
  for (const [type, { fields }] of types.objects) {
    for (const field of fields.keys()) {
      if (!isSpecial(type, field)) continue;
      for (const sector of lookup.sectorsOf(type, field)) {
        const coordinates = bySector.get(sector) ?? new Set<string>();
        coordinates.add(`${type}.${field}`);
        bySector.set(sector, coordinates);
      }
    }
  }
  const specialOf = (type: string): readonly string[] =>
    [...(types.objects.get(type)?.fields.keys() ?? [])]
      .filter((field) => isSpecial(type, field))
      .map((field) => `${type}.${field}`);
  const none: ReadonlySet<string> = new Set();
  return {
    specialFields: (sector) => bySector.get(sector) ?? none,
    expandSpecial: (named) => {
      const namedTypes = new Set(named.map(typeOf));
      const added = valueTypesBelow(named, namedTypes, types).flatMap(specialOf);
      return [...new Set([...named, ...added])].sort();
    },
  };
}

interface TypeFields {
  /** Field name to the name of the type that it returns. */
  readonly fields: ReadonlyMap<string, string>;
  readonly isValue: boolean;
}

interface Types {
  readonly objects: ReadonlyMap<string, TypeFields>;
  /** Interface or union to the object types that it can be. */
  readonly abstract: ReadonlyMap<string, readonly string[]>;
}

/** Names the value types that fields return whole, and those that these return in turn. */
function valueTypesBelow(
  named: readonly string[],
  namedTypes: ReadonlySet<string>,
  types: Types,
): readonly string[] {
  const found = new Set<string>();
  const waiting = named.map((coordinate) => returnedBy(coordinate, types));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === null) continue;
    const possible = types.abstract.get(name) ?? [name];
    for (const type of possible) {
      const object = types.objects.get(type);
      if (!object?.isValue || found.has(type) || namedTypes.has(type)) continue;
      found.add(type);
      waiting.push(...object.fields.values());
    }
  }
  return [...found];
}

function returnedBy(coordinate: string, types: Types): string | null {
  const field = coordinate.slice(coordinate.indexOf('.') + 1);
  return types.objects.get(typeOf(coordinate))?.fields.get(field) ?? null;
}

function typeOf(coordinate: string): string {
  return coordinate.slice(0, coordinate.indexOf('.'));
}

function readTypes(document: DocumentNode): Types {
  const objects = new Map<string, TypeFields>();
  const abstract = new Map<string, string[]>();
  for (const node of document.definitions) {
    if (node.kind === Kind.UNION_TYPE_DEFINITION) {
      abstract.set(
        node.name.value,
        (node.types ?? []).map((type) => type.name.value),
      );
    }
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    objects.set(node.name.value, { fields: fieldsOf(node), isValue: isValueType(node) });
    for (const { name } of node.interfaces ?? []) {
      abstract.set(name.value, [...(abstract.get(name.value) ?? []), node.name.value]);
    }
  }
  return { objects, abstract };
}

function fieldsOf(
  node: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
): ReadonlyMap<string, string> {
  return new Map(
    (node.fields ?? []).map((field: FieldDefinitionNode) => [field.name.value, nameOf(field.type)]),
  );
}

/** Neither a record nor an entity: an entity has a key in `@join__type`. */
function isValueType(node: ObjectTypeDefinitionNode): boolean {
  const isRecord = (node.interfaces ?? []).some(({ name }) => name.value === RECORD_INTERFACE);
  return !isRecord && !(node.directives ?? []).some(givesKey);
}

function givesKey(directive: ConstDirectiveNode): boolean {
  return (
    directive.name.value === 'join__type' &&
    (directive.arguments ?? []).some(({ name }) => name.value === 'key')
  );
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

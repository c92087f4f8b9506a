// Which sector a field belongs to, read from the join directives of a composed supergraph
// (https://specs.apollo.dev/join/v0.5).
import {
  isTypeDefinitionNode,
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';

/** Who resolves what. */
export interface Owners {
  /** Names of all sectors, in the order of the supergraph. */
  readonly sectors: readonly string[];
  /** Names of the sectors that resolve a field, or have a type; empty for what is not in the graph. */
  readonly sectorsOf: (type: string, field: string) => readonly string[];
  /** Coordinates of all fields that only the sector of this type resolves. */
  readonly fieldsBeside: (type: string) => readonly string[];
}

/** Reads the owners of every field of the object types. */
export function readOwners(document: DocumentNode): Owners {
  const names = sectorNames(document);
  const fields = new Map<string, readonly string[]>();
  const types = new Map<string, readonly string[]>();
  const bySector = new Map<string, string[]>();
  const toNames = (graphs: readonly string[]): readonly string[] =>
    graphs.map((graph) => names.get(graph) ?? graph);
  const ofInterfaces = ownersOfInterfaceFields(document);
  for (const type of document.definitions.filter(isTypeDefinitionNode)) {
    types.set(type.name.value, toNames(graphsOf(type.directives, 'join__type')));
  }
  for (const type of objectTypes(document)) {
    const ofType = types.get(type.name.value) ?? [];
    for (const field of type.fields ?? []) {
      const own = toNames(graphsOf(field.directives, 'join__field'));
      const taken = isTakenFromInterface(field)
        ? toNames(ofInterfaces(type, field.name.value))
        : [];
      const sectors = own.length > 0 ? own : taken.length > 0 ? taken : ofType;
      const coordinate = `${type.name.value}.${field.name.value}`;
      fields.set(coordinate, sectors);
      const [sector, ...others] = sectors;
      if (sector === undefined || others.length > 0) continue;
      const list = bySector.get(sector);
      if (list) list.push(coordinate);
      else bySector.set(sector, [coordinate]);
    }
  }
  return {
    sectors: [...names.values()],
    sectorsOf: (type, field) => fields.get(`${type}.${field}`) ?? types.get(type) ?? [],
    fieldsBeside: (type) => {
      const [sector, ...others] = types.get(type) ?? [];
      return sector === undefined || others.length > 0 ? [] : (bySector.get(sector) ?? []);
    },
  };
}

/**
 * A field of an interface object (`@interfaceObject`) stands in the implementers as well, by a
 * `@join__field` that names no graph: the graphs of the interface's own field resolve it.
 */
function isTakenFromInterface({ directives }: FieldDefinitionNode): boolean {
  return (directives ?? []).some(
    (directive) => directive.name.value === 'join__field' && !argumentOf(directive, 'graph'),
  );
}

/** Finds the graphs that resolve a field of the interfaces of a type. */
function ownersOfInterfaceFields(
  document: DocumentNode,
): (type: ObjectTypeDefinitionNode, field: string) => readonly string[] {
  const graphs = new Map<string, readonly string[]>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      const coordinate = `${definition.name.value}.${field.name.value}`;
      graphs.set(coordinate, graphsOf(field.directives, 'join__field'));
    }
  }
  return (type, field) => {
    const all = (type.interfaces ?? []).flatMap(
      ({ name }) => graphs.get(`${name.value}.${field}`) ?? [],
    );
    return [...new Set(all)];
  };
}

function objectTypes(document: DocumentNode): readonly ObjectTypeDefinitionNode[] {
  return document.definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION);
}

/** `enum join__Graph { TAX @join__graph(name: "tax", url: "...") }` names the sectors. */
function sectorNames(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    if (definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const graph = value.directives?.find((directive) => directive.name.value === 'join__graph');
      const name = graph && argumentOf(graph, 'name');
      names.set(value.name.value, name ?? value.name.value.toLowerCase());
    }
  }
  return names;
}

/** A field that is external somewhere is resolved elsewhere. */
function graphsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly string[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .filter((directive) => !isExternal(directive))
    .map((directive) => argumentOf(directive, 'graph'))
    .filter((graph) => graph !== undefined);
}

function isExternal(directive: ConstDirectiveNode): boolean {
  const external = directive.arguments?.find((given) => given.name.value === 'external')?.value;
  return external?.kind === Kind.BOOLEAN && external.value;
}

function argumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((given) => given.name.value === name)?.value;
  return value?.kind === Kind.ENUM || value?.kind === Kind.STRING ? value.value : undefined;
}

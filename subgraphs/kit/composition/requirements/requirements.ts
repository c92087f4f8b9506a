// Reads, once per supergraph, what each field and type asks of a caller: the labels that composition
// has merged. What has no label asks for something nobody holds.
import {
  isTypeDefinitionNode,
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
} from 'graphql';
import {
  classOfScope,
  rankOfClass,
  type DisclosureClass,
} from '../../authority/disclosure-class.ts';
import { readOwners } from './owners.ts';
import {
  FORBIDDEN,
  IDENTIFIED,
  OPEN,
  requireAll,
  requireAny,
  type Requirement,
} from './requirement.ts';

/** The names, without `@`, of the three security directives; null for one that is not used. */
export interface SecurityDirectives {
  readonly requiresScopes: string | null;
  readonly authenticated: string | null;
  readonly policy: string | null;
}

/** What a supergraph asks of callers. */
export interface Requirements {
  /**
   * What a field of an object type asks: label of the field and of its type; a field that carries
   * neither is forbidden.
   */
  readonly ofField: (type: string, field: string) => Requirement;
  /** What a type asks by itself, wherever it is returned; open for one without a label. */
  readonly ofType: (type: string) => Requirement;
  /** Names of all sectors. */
  readonly sectors: readonly string[];
  /** Names of the sectors that resolve a field; none for what is in no sector. */
  readonly sectorsOf: (type: string, field: string) => readonly string[];
  /** Whether the sector behind a section has fields of classes that are not among these. */
  readonly higherClassesExist: (
    sectionType: string,
    classes: readonly DisclosureClass[],
  ) => boolean;
}

/** Reads the requirements of a composed supergraph, which must still carry its labels. */
export function readRequirements(
  document: DocumentNode,
  directives: SecurityDirectives,
): Requirements {
  const types = new Map<string, Requirement>();
  const fields = new Map<string, Requirement>();
  const owners = readOwners(document);
  for (const definition of document.definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const ofType = labelOf(definition.directives, directives);
    if (ofType) types.set(definition.name.value, ofType);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      const requirement = ofFieldNode(field, ofType, directives);
      fields.set(`${definition.name.value}.${field.name.value}`, requirement);
    }
  }
  const ofField = (type: string, field: string): Requirement =>
    fields.get(`${type}.${field}`) ?? FORBIDDEN;
  return {
    ofField,
    ofType: (type) => types.get(type) ?? OPEN,
    sectors: owners.sectors,
    sectorsOf: owners.sectorsOf,
    higherClassesExist(sectionType, classes) {
      const ranks = classes.map(rankOfClass);
      const highest = Math.max(-1, ...ranks);
      return owners.fieldsBeside(sectionType).some((coordinate) => {
        const needed = fields.get(coordinate)?.class;
        return needed !== undefined && needed !== null && rankOfClass(needed) > highest;
      });
    },
  };
}

function ofFieldNode(
  field: FieldDefinitionNode,
  ofType: Requirement | null,
  directives: SecurityDirectives,
): Requirement {
  const own = labelOf(field.directives, directives);
  if (own && ofType) return requireAll([own, ofType]);
  return own ?? ofType ?? FORBIDDEN;
}

/** Reads the labels at one place; null where there is none. */
function labelOf(
  applied: readonly ConstDirectiveNode[] | undefined,
  directives: SecurityDirectives,
): Requirement | null {
  const labels: Requirement[] = [];
  for (const directive of applied ?? []) {
    const name = directive.name.value;
    if (name === directives.requiresScopes) labels.push(alternatives(directive, 'scopes'));
    // A policy is decided by name like a scope; one that is not the name of a class is not held.
    else if (name === directives.policy) labels.push(alternatives(directive, 'policies'));
    // It asks who the caller is, not why it asks: REGISTERED would ask for a purpose as well.
    else if (name === directives.authenticated) labels.push(IDENTIFIED);
  }
  return labels.length === 0 ? null : requireAll(labels);
}

/** `[["a", "b"], ["c"]]` means a and b, or c. */
function alternatives(directive: ConstDirectiveNode, argument: string): Requirement {
  const node = directive.arguments?.find((given) => given.name.value === argument);
  const value: unknown = node ? valueFromASTUntyped(node.value) : null;
  if (!Array.isArray(value)) return FORBIDDEN;
  const known: DisclosureClass[][] = [];
  for (const all of value as unknown[]) {
    const classes = Array.isArray(all)
      ? (all as unknown[]).map((scope) => (typeof scope === 'string' ? classOfScope(scope) : null))
      : [null];
    // A scope that is not the name of a class is held by nobody, and so is whatever needs it.
    if (classes.every((scope) => scope !== null)) known.push(classes);
  }
  return requireAny(known);
}

// Who sees each field of a graph: every ready kind of principal is put before every field.
import {
  getNamedType,
  isAbstractType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLSchema,
} from 'graphql';
import {
  DISCLOSURE_CLASSES,
  rankOfClass,
  type DisclosureClass,
} from '../../authority/disclosure-class.ts';
import { authorityOfTier, authorityOverSubject, type Authority } from '../../authority/policy.ts';
import { isMet, requireAll, type Requirement } from '../requirements/requirement.ts';
import type { Graph } from './graph.ts';
import {
  READY_PRINCIPALS,
  READY_SUBJECT,
  readyInquiry,
  type ReadyPrincipal,
} from './ready-principals.ts';

/** Who sees a field, and what that takes. */
export interface Sight {
  /** The sectors that own it. */
  readonly sectors: readonly string[];
  /** Null where nobody may see it. */
  readonly class: DisclosureClass | null;
  readonly seenBy: ReadonlySet<ReadyPrincipal>;
}

/** Finds who sees each field of the object types, by coordinate, in the order of the graph. */
export function whoSees({ schema, requirements }: Graph): ReadonlyMap<string, Sight> {
  const sights = new Map<string, Sight>();
  const known = new Map<string, ReadonlySet<ReadyPrincipal>>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const sectors = requirements.sectorsOf(type.name, field.name);
      const asked = [
        requirements.ofField(type.name, field.name),
        ...ofReturned(schema, getNamedType(field.type).name, requirements.ofType),
      ];
      // What an abstract type may be asks one by one: a caller sees the field that sees any of it.
      const [own, ...returned] = asked;
      const requirement = own ? requireAll([own, ...easiest(returned)]) : undefined;
      if (!requirement) continue;
      const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
      const key = JSON.stringify([requirement, sectors, isRoot]);
      const seenBy = known.get(key) ?? seers(requirement, sectors, isRoot);
      known.set(key, seenBy);
      sights.set(`${type.name}.${field.name}`, { sectors, class: requirement.class, seenBy });
    }
  }
  return sights;
}

/**
 * Finds who sees, and may write in arguments, the values of each enumeration and scalar of the graph, by
 * its name: a label on one covers arguments, too, and no field tells of those.
 */
export function whoSeesValues({ schema, requirements }: Graph): ReadonlyMap<string, Sight> {
  const leaves = Object.values(schema.getTypeMap()).filter(
    (type) => isLeafType(type) && !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return new Map(
    leaves.map(({ name }) => {
      const requirement = requirements.ofType(name);
      const sectors = requirements.sectorsOf(name, '');
      const seenBy = seers(requirement, sectors, false);
      return [name, { sectors, class: requirement.class, seenBy }];
    }),
  );
}

function ofReturned(
  schema: GraphQLSchema,
  name: string,
  ofType: (type: string) => Requirement,
): readonly Requirement[] {
  const type = schema.getType(name);
  if (!isAbstractType(type)) return [ofType(name)];
  return schema.getPossibleTypes(type).map((one) => ofType(one.name));
}

function easiest(requirements: readonly Requirement[]): readonly Requirement[] {
  const ranked = [...requirements].sort((a, b) => rank(a.class) - rank(b.class));
  return ranked.slice(0, 1);
}

function rank(value: DisclosureClass | null): number {
  return value === null ? DISCLOSURE_CLASSES.length : rankOfClass(value);
}

function seers(
  requirement: Requirement,
  sectors: readonly string[],
  isRoot: boolean,
): ReadonlySet<ReadyPrincipal> {
  return new Set(
    READY_PRINCIPALS.filter((kind) => {
      const isAnonymous = kind === 'anonymous';
      if (requirement.identified && isAnonymous) return false;
      return isMet(requirement, heldInAll(kind, sectors.length > 0 ? sectors : [''], isRoot));
    }),
  );
}

/**
 * The classes that a kind of principal holds in every one of the sectors: of a subject, at the root of
 * all subjects alike, where no standing opens anything.
 */
function heldInAll(
  kind: ReadyPrincipal,
  sectors: readonly string[],
  isRoot: boolean,
): readonly DisclosureClass[] {
  const held = sectors.map((sector) => {
    const authority = isRoot
      ? authorityOfTier(readyInquiry(kind, sectors).inquiry, sector)
      : readyAuthority(kind, sectors, sector);
    // A grant opens what it names; the one of the ready holder names the field that is asked about.
    return authority.specialFields.size > 0
      ? [...authority.classes, 'SPECIAL' as const]
      : authority.classes;
  });
  return DISCLOSURE_CLASSES.filter((value) => held.every((classes) => classes.includes(value)));
}

/**
 * What a kind of principal may see of a subject in a sector. A grant names a field of the type `Any`.
 *
 * @param sectors in which the office on duty has duty
 */
export function readyAuthority(
  kind: ReadyPrincipal,
  sectors: readonly string[],
  sector: string,
): Authority {
  const { inquiry, standing } = readyInquiry(kind, sectors);
  const standings = standing.map((opening) =>
    opening === 'GRANT'
      ? { kind: 'GRANT' as const, id: 'ready', subject: READY_SUBJECT, fields: ['Any.field'] }
      : { kind: 'CONSENT' as const, id: 'ready', subject: READY_SUBJECT },
  );
  return authorityOverSubject(inquiry, sector, READY_SUBJECT, standings);
}

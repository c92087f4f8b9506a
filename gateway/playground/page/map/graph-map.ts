// The graph as a map, from the whole schema as it stands for a caller: which sector owns which types,
// what it adds to a subject, and under which classes.
import {
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import {
  DISCLOSURE_CLASSES,
  type DisclosureClass,
} from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import { readFieldAuthority, type FieldAuthority } from '../graph/field-authority.ts';

/** The graph on one page. */
export interface GraphMap {
  readonly sectors: readonly MapSector[];
  /** Types that several sectors describe alike. */
  readonly shared: readonly MapType[];
}

/** One sector on the map. */
export interface MapSector {
  readonly name: string;
  /** Fields of `Subject` that it alone gives. */
  readonly ofSubject: readonly MapField[];
  /** Root fields, as `Query.taxPenalties`. */
  readonly roots: readonly MapField[];
  readonly types: readonly MapType[];
  /** Fields by class; what has no class counts under null. */
  readonly fieldsByClass: ReadonlyMap<DisclosureClass | null, number>;
}

/** One type on the map. */
export interface MapType {
  readonly name: string;
  readonly meaning: string;
  readonly isRecord: boolean;
  readonly fields: readonly MapField[];
  /** The classes of its fields, least to most restricted. */
  readonly classes: readonly DisclosureClass[];
}

/** One field on the map. */
export interface MapField {
  /** As `Query.taxPenalties` for a root, else the name. */
  readonly name: string;
  readonly returns: string;
  readonly authority: FieldAuthority;
}

const SUBJECT = 'Subject';
const ROOTS = ['Query', 'Mutation'];
/** How pages of records are made; they say nothing of their own. */
const PLUMBING = /(?:Connection|Edge)$/;

/** Draws up the map. */
export function mapOf(schema: GraphQLSchema): GraphMap {
  const sectors = new Map<string, Draft>();
  const draftOf = (name: string): Draft => {
    const known = sectors.get(name) ?? { ofSubject: [], roots: [], types: [] };
    sectors.set(name, known);
    return known;
  };
  const shared: MapType[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || PLUMBING.test(type.name)) continue;
    const isRoot = ROOTS.includes(type.name);
    if (isRoot || type.name === SUBJECT) {
      for (const field of fieldsOf(type)) {
        for (const sector of ownersOf(field)) {
          const named = isRoot ? { ...field, name: `${type.name}.${field.name}` } : field;
          draftOf(sector)[isRoot ? 'roots' : 'ofSubject'].push(named);
        }
      }
      continue;
    }
    const mapped = mapType(type);
    const owners = new Set(mapped.fields.flatMap(({ authority }) => authority.sectors));
    const [owner] = owners;
    if (owner !== undefined && owners.size === 1) draftOf(owner).types.push(mapped);
    else shared.push(mapped);
  }
  return {
    sectors: [...sectors]
      .map(([name, draft]) => ({ name, ...draft, fieldsByClass: countClasses(draft) }))
      .sort(registryFirst),
    shared,
  };
}

interface Draft {
  readonly ofSubject: MapField[];
  readonly roots: MapField[];
  readonly types: MapType[];
}

function mapType(type: GraphQLObjectType): MapType {
  const fields = fieldsOf(type);
  const classes = new Set(fields.map(({ authority }) => authority.class));
  return {
    name: type.name,
    meaning: type.description ?? '',
    isRecord: type.getInterfaces().some(({ name }) => name === 'CreditRecord'),
    fields,
    classes: DISCLOSURE_CLASSES.filter((name) => classes.has(name)),
  };
}

function fieldsOf(type: GraphQLObjectType): MapField[] {
  return Object.values(type.getFields()).map((field: GraphQLField<unknown, unknown>) => ({
    name: field.name,
    returns: getNamedType(field.type).name,
    authority: readFieldAuthority(field.description),
  }));
}

/** The one sector that gives a field; none for what every sector has, as the key. */
function ownersOf({ authority: { sectors } }: MapField): readonly string[] {
  return sectors.length === 1 ? sectors : [];
}

function countClasses({
  ofSubject,
  roots,
  types,
}: Draft): ReadonlyMap<DisclosureClass | null, number> {
  const counts = new Map<DisclosureClass | null, number>();
  const all = [...ofSubject, ...roots, ...types.flatMap(({ fields }) => fields)];
  for (const { authority } of all) {
    counts.set(authority.class, (counts.get(authority.class) ?? 0) + 1);
  }
  return counts;
}

/** The sector that says who exists stands first; the gateway's own last. */
function registryFirst(a: { readonly name: string }, b: { readonly name: string }): number {
  const rank = (name: string): number => (name === 'registry' ? 0 : name === 'access' ? 2 : 1);
  return rank(a.name) - rank(b.name) || a.name.localeCompare(b.name);
}

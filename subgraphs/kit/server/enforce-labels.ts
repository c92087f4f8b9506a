// Puts the labels of a schema in front of its resolvers: a field that may not be seen of the object in
// hand, or that has no label, is refused before its resolver runs. No author of a sector can forget it.
import {
  defaultFieldResolver,
  getNamedType,
  isAbstractType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { DisclosureClass } from '../authority/disclosure-class.ts';
import type { FieldClasses } from '../authority/labels.ts';
import { maySeeField, PUBLIC_AUTHORITY, type Authority } from '../authority/policy.ts';
import type { Viewer } from '../authority/viewer.ts';
import { authorityOf, READ_UNDER } from '../database/record-authority.ts';
import { PublicError } from '../errors.ts';
import type { SectorContext } from './resolver.ts';

/** What is enforced, and in whose name. */
export interface LabelledSector {
  readonly name: string;
  readonly classes: FieldClasses;
  /** Names of the record types: their objects say themselves under which authority they were read. */
  readonly recordTypes: ReadonlySet<string>;
}

/** Fields of Federation itself; `_entities` hands out objects whose own fields are labelled. */
const FEDERATION_FIELDS = new Set(['Query._service', 'Query._entities', '_Service.sdl']);
const SUBJECT = 'Subject';

/**
 * Wraps the fields of the schema's object types, in place. Root fields are decided on by what may be
 * seen of any subject, those of `Subject` by what may be seen of that subject, those of a section or a
 * record by the authority under which it was read. An object that a record holds is seen as the record
 * is: it is handed on as a copy, so objects of types with fields above PUBLIC are plain ones.
 */
export function enforceLabels(schema: GraphQLSchema, sector: LabelledSector): void {
  const carriers = typesThatCarry(schema, sector);
  for (const type of objectTypes(schema)) {
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      if (FEDERATION_FIELDS.has(coordinate)) continue;
      const fieldClass = sector.classes.get(coordinate);
      const isHandedOn = carriers.has(getNamedType(field.type).name);
      // Most fields are public values: they are left as they are, for speed.
      if (fieldClass === 'PUBLIC' && !isHandedOn) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      const authorityOver = authorityReader(schema, type);
      field.resolve = (source: unknown, args, context: SectorContext, info) => {
        const authority = authorityOver(source, context.viewer);
        if (fieldClass === undefined || !maySeeField(authority, coordinate, fieldClass)) {
          throw refusal(coordinate, fieldClass, sector.name);
        }
        const value: unknown = resolve(source, args, context, info);
        return isHandedOn ? handOn(value, authority) : value;
      };
    }
  }
}

/** Says how the authority over an object of a type is found. What is not known to be read is PUBLIC. */
function authorityReader(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
): (source: unknown, viewer: Viewer) => Authority {
  if (type === schema.getQueryType() || type === schema.getMutationType()) {
    return (_source, viewer) => viewer.atLarge;
  }
  if (type.name === SUBJECT) {
    return (source, viewer) => {
      const { code } = source as { readonly code?: unknown };
      return typeof code === 'string' ? viewer.of(code) : PUBLIC_AUTHORITY;
    };
  }
  return (source) => authorityOf(source) ?? PUBLIC_AUTHORITY;
}

/** Marks objects with the authority of what they are part of; those that say their own keep it. */
function handOn(value: unknown, authority: Authority): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isPromise(value)) return value.then((found: unknown) => handOn(found, authority));
  if (Array.isArray(value)) return value.map((entry: unknown) => handOn(entry, authority));
  return authorityOf(value) === undefined ? { ...value, [READ_UNDER]: authority } : value;
}

function isPromise(value: object): value is PromiseLike<unknown> {
  return 'then' in value && typeof value.then === 'function';
}

/** Names the types whose objects must say how they were read: with fields above PUBLIC in or below. */
function typesThatCarry(schema: GraphQLSchema, sector: LabelledSector): ReadonlySet<string> {
  const values = objectTypes(schema).filter(
    (type) =>
      type !== schema.getQueryType() &&
      type !== schema.getMutationType() &&
      type.name !== SUBJECT &&
      !sector.recordTypes.has(type.name),
  );
  const carriers = new Set<string>();
  const leads = (type: GraphQLNamedType): boolean =>
    carriers.has(type.name) ||
    (isAbstractType(type) && schema.getPossibleTypes(type).some(({ name }) => carriers.has(name)));
  for (let known = -1; known !== carriers.size;) {
    known = carriers.size;
    for (const type of values) {
      const carries = Object.values(type.getFields()).some(
        (field) =>
          sector.classes.get(`${type.name}.${field.name}`) !== 'PUBLIC' ||
          leads(getNamedType(field.type)),
      );
      if (carries) carriers.add(type.name);
    }
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type) && leads(type)) carriers.add(type.name);
  }
  return carriers;
}

function objectTypes(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('_'));
}

function refusal(
  coordinate: string,
  fieldClass: DisclosureClass | undefined,
  sector: string,
): PublicError {
  return new PublicError('UNAUTHORIZED_FIELD_OR_TYPE', `You may not see ${coordinate}.`, {
    hint: wayToBeAllowed(fieldClass, sector),
    extensions: { coordinate, class: fieldClass ?? null, sector },
  });
}

/** It depends on the class alone: of the object in hand, and of standing, it tells nothing. */
function wayToBeAllowed(fieldClass: DisclosureClass | undefined, sector: string): string {
  switch (fieldClass) {
    case undefined:
      return `Leave it out: ${sector} has given it no class, and what has none is shown to nobody.`;
    case 'PUBLIC':
      return 'Nothing is needed.';
    case 'REGISTERED':
      return 'Ask as an identified principal and state a purpose.';
    case 'AGENCY':
      return 'Ask as a licensed credit agency, or as a government office.';
    case 'AUTHORISED':
      return "Ask as an agency that holds the subject's consent for the purpose.";
    case 'GOVERNMENT':
      return `Ask as a government office with duty in ${sector}.`;
    case 'SPECIAL':
      return `Make a special application to ${sector}, naming the subject and this field.`;
  }
}

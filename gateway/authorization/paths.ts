// Which fields return what, read backwards: from a type to the subjects by whose standing it is seen.
import {
  getNamedType,
  isAbstractType,
  isIntrospectionType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** A field of an object type. */
export interface FieldOfType {
  readonly type: GraphQLObjectType;
  readonly field: string;
}

/** The ways through one schema. */
export interface Paths {
  /**
   * Tells whether some way leads from a subject down to an object type.
   *
   * @param isOpen whether a field may be on the way
   */
  readonly leadsFromSubject: (type: string, isOpen: (field: FieldOfType) => boolean) => boolean;
}

/** Standings are of a subject: what is read in no subject is opened by none. */
const SUBJECT = 'Subject';

/** Reads the ways through a schema, when they are first asked about. */
export function readPaths(schema: GraphQLSchema): Paths {
  let returnedBy: ReadonlyMap<string, readonly FieldOfType[]> | null = null;
  return {
    leadsFromSubject(type, isOpen) {
      returnedBy ??= fieldsByReturnedType(schema);
      const seen = new Set<string>();
      const waiting = [type];
      for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
        if (name === SUBJECT) return true;
        if (seen.has(name)) continue;
        seen.add(name);
        const parents = (returnedBy.get(name) ?? []).filter(isOpen);
        waiting.push(...parents.map((parent) => parent.type.name));
      }
      return false;
    },
  };
}

/** An abstract type stands for every object type that it can be. */
function fieldsByReturnedType(schema: GraphQLSchema): ReadonlyMap<string, readonly FieldOfType[]> {
  const found = new Map<string, FieldOfType[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const { name: field, type: returned } of Object.values(type.getFields())) {
      const named = getNamedType(returned);
      const objects = isAbstractType(named) ? schema.getPossibleTypes(named) : [named];
      for (const { name } of objects) {
        const fields = found.get(name);
        if (fields) fields.push({ type, field });
        else found.set(name, [{ type, field }]);
      }
    }
  }
  return found;
}

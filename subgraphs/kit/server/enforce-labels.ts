// Puts the labels of a schema in front of its resolvers: a field whose class the viewer does not
// hold, or that has none, is refused before its resolver runs. No author of a sector can forget it.
import { defaultFieldResolver, isObjectType, type GraphQLSchema } from 'graphql';
import type { FieldClasses } from '../authority/labels.ts';
import { PublicError } from '../errors.ts';
import type { SectorContext } from './resolver.ts';

/** Fields of Federation itself; `_entities` hands out objects whose own fields are labelled. */
const FEDERATION_FIELDS = new Set(['Query._service', 'Query._entities', '_Service.sdl']);

/** Wraps every field of the schema's object types, in place. */
export function enforceLabels(schema: GraphQLSchema, classes: FieldClasses): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      if (FEDERATION_FIELDS.has(coordinate)) continue;
      const fieldClass = classes.get(coordinate);
      const resolve = field.resolve ?? defaultFieldResolver;
      if (fieldClass === 'PUBLIC') continue;
      field.resolve = (source, args, context: SectorContext, info) => {
        if (fieldClass === undefined || !context.viewer.classes.includes(fieldClass)) {
          throw new PublicError('UNAUTHORIZED_FIELD_OR_TYPE', `You may not see ${coordinate}.`, {
            extensions: { coordinate, class: fieldClass ?? null },
          });
        }
        return resolve(source, args, context, info);
      };
    }
  }
}

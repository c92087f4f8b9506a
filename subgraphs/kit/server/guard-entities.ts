// Bounds what `_entities` takes: a gateway asks for the entities of one page at a time, whoever
// reaches the subgraph past it does not get more.
import { defaultFieldResolver, isUnionType, type GraphQLSchema } from 'graphql';
import { PublicError } from '../errors.ts';

/** Representations in one request; a page of 100 records may lead to 100 others each. */
export const REPRESENTATIONS_MAX = 10_000;

/** Refuses too many representations, and those of types that are no entities, in place. */
export function guardEntities(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const union = schema.getType('_Entity');
  if (!field || !isUnionType(union)) return;
  const names = new Set(union.getTypes().map((type) => type.name));
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args: { readonly representations: readonly unknown[] }, ...rest) => {
    const { representations } = args;
    if (representations.length > REPRESENTATIONS_MAX) {
      throw new PublicError(
        'BAD_USER_INPUT',
        `${representations.length} representations; at most ${REPRESENTATIONS_MAX} are read.`,
      );
    }
    if (!representations.every((entry) => names.has(typeNameOf(entry)))) {
      throw new PublicError('BAD_USER_INPUT', 'A representation names no type with a key.');
    }
    return resolve(source, args, ...rest);
  };
}

function typeNameOf(representation: unknown): string {
  if (typeof representation !== 'object' || representation === null) return '';
  const name = (representation as { readonly __typename?: unknown }).__typename;
  return typeof name === 'string' ? name : '';
}

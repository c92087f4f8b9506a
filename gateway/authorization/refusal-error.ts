// A refused field as an error: named in full, with the cheapest way to be allowed.
import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../subgraphs/kit/errors.ts';
import type { RefusedField } from './authorize.ts';
import { wayToBeAllowed } from './policy.ts';

/**
 * Writes the error of a refused field. The code is the one that routers use
 * (`UNAUTHORIZED_FIELD_OR_TYPE`); the field's place is in `path` and, as routers have it, in
 * `extensions.path`, since a request error has no path by the specification.
 */
export function refusalError(field: RefusedField): GraphQLError {
  const [sector = null] = field.sectors;
  const needed = field.class ?? 'no class, which nobody holds';
  return new GraphQLError(`You may not see ${field.coordinate}: it needs ${needed}.`, {
    path: field.path,
    extensions: {
      code: 'UNAUTHORIZED_FIELD_OR_TYPE' satisfies ErrorCode,
      coordinate: field.coordinate,
      class: field.class,
      sector,
      path: field.path.join('.'),
      hint: wayToBeAllowed(field.class, field.sectors),
    },
  });
}

// A refused field as an error: named in full, with the cheapest way to be allowed.
import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../subgraphs/kit/errors.ts';
import type { RefusedField } from './authorize.ts';

/**
 * Writes the error of a refused field: PURPOSE_REQUIRED where the caller could see it for a purpose
 * that it may state, else the code that routers use (`UNAUTHORIZED_FIELD_OR_TYPE`). The field's place
 * is in `path` and, as routers have it, in `extensions.path`, since a request error has no path by
 * the specification.
 *
 * @param hint the cheapest way to be allowed
 */
export function refusalError(field: RefusedField, hint: string): GraphQLError {
  const [sector = null] = field.sectors;
  const code: ErrorCode =
    field.rule === 'PURPOSE_MISSING' ? 'PURPOSE_REQUIRED' : 'UNAUTHORIZED_FIELD_OR_TYPE';
  return new GraphQLError(`You may not see ${field.coordinate}: it needs ${neededBy(field)}.`, {
    path: field.path,
    extensions: {
      code,
      coordinate: field.coordinate,
      class: field.class,
      sector,
      path: field.path.join('.'),
      hint,
    },
  });
}

function neededBy({ rule, class: needed }: RefusedField): string {
  if (rule === 'CREDENTIAL_MISSING') return 'an identified principal';
  if (rule === 'PURPOSE_MISSING') return 'a stated purpose';
  return needed ?? 'no class, which nobody holds';
}

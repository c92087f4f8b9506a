// A subject as other subgraphs name it, checked before anything is made of it: what stands in a
// representation was written by whoever sent the request.
import type { GraphQLResolveInfo } from 'graphql';
import { PublicError } from '../errors.ts';
import { parseCreditCode } from '../values/credit-code.ts';
import type { SectorContext } from './resolver.ts';

/** Resolves what `_entities` is given for one entity. */
export type ResolveReference = (
  representation: { readonly code?: unknown },
  context: SectorContext,
  info: GraphQLResolveInfo,
) => unknown;

const CODE_CHARACTERS_MAX = 100;

/**
 * Resolves a representation of `Subject` to its code alone, then to what the sector makes of it. A
 * wrong code is an error of that one entity; thrown at once it would be one of all entities.
 *
 * @param own the sector's own `__resolveReference`, if it has one
 */
export function subjectReference(own?: ResolveReference): ResolveReference {
  return async ({ code }, context, info) => {
    const parsed =
      typeof code === 'string' && code.length <= CODE_CHARACTERS_MAX ? parseCreditCode(code) : null;
    if (!parsed?.valid) {
      throw new PublicError('BAD_USER_INPUT', 'A representation of Subject has no valid code.');
    }
    const subject = { __typename: 'Subject', code: parsed.normalized } as const;
    return own ? await own(subject, context, info) : subject;
  };
}

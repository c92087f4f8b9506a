// Arguments of a sector's own searches: what compares with a field that may not be seen would tell it,
// one guess at a time.
import { maySeeField, type Authority } from '../authority/policy.ts';
import { argumentRefusal } from '../database/page-request.ts';
import type { SectorContext } from './resolver.ts';

/** Name of an argument to the coordinates of the fields with which it compares. */
export type ComparedFields = Readonly<Record<string, readonly string[]>>;

/**
 * Checks that every argument in use compares with fields in sight only.
 *
 * @throws PublicError UNAUTHORIZED_FIELD_OR_TYPE naming the argument and the field
 */
export function assertArguments(
  args: Readonly<Record<string, unknown>>,
  compared: ComparedFields,
  { classes }: Pick<SectorContext, 'classes'>,
  authority: Authority,
): void {
  for (const [argument, coordinates] of Object.entries(compared)) {
    if (args[argument] === undefined || args[argument] === null) continue;
    for (const coordinate of coordinates) {
      const fieldClass = classes.get(coordinate);
      if (fieldClass !== undefined && maySeeField(authority, coordinate, fieldClass)) continue;
      throw argumentRefusal(argument, coordinate);
    }
  }
}

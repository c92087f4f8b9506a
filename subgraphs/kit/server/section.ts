// A sector's section of a subject: the one field that the sector adds to Subject, and what it says
// of having looked.
import type { FieldClasses } from '../authority/labels.ts';
import { highestClass, maySeeField, type Authority } from '../authority/policy.ts';
import { READ_UNDER } from '../database/record-authority.ts';
import { PublicError } from '../errors.ts';
import type { Resolver } from './resolver.ts';

/** The object behind a section: whose records, and of which day. */
export interface Section {
  readonly code: string;
  readonly asOf: string | null;
  /** What may be seen of the subject. */
  readonly [READ_UNDER]: Authority;
}

/**
 * Resolves the field that a sector adds to `Subject`; its argument `asOf`, if it has one, makes the
 * whole section tell what stood at the end of that day.
 */
export function section(): Resolver<{ readonly code: string }, { readonly asOf?: string | null }> {
  return (subject, { asOf }, { viewer }): Section => {
    if (typeof asOf === 'string' && asOf > viewer.today) {
      throw new PublicError('BAD_USER_INPUT', `asOf is ${asOf}; today is ${viewer.today}.`, {
        hint: 'Leave asOf out to read what stands now.',
      });
    }
    const { code } = subject;
    return { code, asOf: asOf ?? null, [READ_UNDER]: viewer.of(code) };
  };
}

/**
 * Resolves `coverage`: CHECKED only when everything that the request reads of the sector has been
 * read, at any depth and by any statement, or, where it reads nothing, the database has answered. So
 * a record that could not be read never looks like a record that does not exist. The classes are told
 * by the schema and what the caller may see of the subject, whatever there is of it.
 */
export function coverage(): Resolver<Section> {
  return async (section, _args, { reads, classes, now }) => {
    const authority = section[READ_UNDER];
    const higherClassesExist = hasHigher(classes, authority);
    return (await reads.isComplete())
      ? {
          status: 'CHECKED',
          upToClass: highestClass(authority),
          checkedAt: now.toISOString(),
          higherClassesExist,
        }
      : { status: 'UNAVAILABLE', upToClass: null, checkedAt: null, higherClassesExist };
  };
}

function hasHigher(classes: FieldClasses, authority: Authority): boolean {
  for (const [coordinate, fieldClass] of classes) {
    if (!maySeeField(authority, coordinate, fieldClass)) return true;
  }
  return false;
}

// A sector's section of a subject: the one field that the sector adds to Subject, and what it says
// of having looked.
import { DISCLOSURE_CLASSES, rankOfClass } from '../authority/disclosure-class.ts';
import { PublicError } from '../errors.ts';
import type { Resolver } from './resolver.ts';

/** The object behind a section: whose records, and of which day. */
export interface Section {
  readonly code: string;
  readonly asOf: string | null;
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
    return { code: subject.code, asOf: asOf ?? null };
  };
}

/**
 * Resolves `coverage`: CHECKED only when everything that the request reads of the sector has been
 * read, at any depth and by any statement, or, where it reads nothing, the database has answered. So
 * a record that could not be read never looks like a record that does not exist.
 */
export function coverage(): Resolver {
  return async (_section, _args, { viewer, reads, classes, now }) => {
    const highest = Math.max(...viewer.classes.map(rankOfClass));
    const higherClassesExist = [...classes.values()].some((c) => rankOfClass(c) > highest);
    return (await reads.isComplete())
      ? {
          status: 'CHECKED',
          upToClass: DISCLOSURE_CLASSES[highest],
          checkedAt: now.toISOString(),
          higherClassesExist,
        }
      : { status: 'UNAVAILABLE', upToClass: null, checkedAt: null, higherClassesExist };
  };
}

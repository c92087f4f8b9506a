// Subjects from their registrations. Every field of a subject asks for the same page of the same
// table, so that all fields of all subjects of a request are one statement.
import {
  PublicError,
  section,
  type Resolver,
  type Section,
  type SectorContext,
} from '../kit/index.ts';
import type { RecordNode } from '../kit/index.ts';
import { registrations } from './records.ts';

/** A subject as other resolvers see it: what its code leads to is read when a field asks for it. */
export interface SubjectReference {
  readonly code: string;
}

/** Subjects that one request may name. */
export const SUBJECTS_MAX = 100;

/** Reads the registration of a subject that the viewer may see; null where there is none. */
export async function readRegistration(
  code: string,
  { records }: SectorContext,
  asOf: string | null = null,
): Promise<RecordNode | null> {
  const request = { first: 1, after: null, asOf, filters: {}, total: false };
  const { nodes } = await records.section(registrations, code, request);
  return nodes[0] ?? null;
}

/** Resolves a field of `Subject` from its registration; null where the registry shows none. */
export function registered(
  read: (registration: RecordNode) => unknown,
): Resolver<SubjectReference> {
  return async ({ code }, _args, context) => {
    const registration = await readRegistration(code, context);
    return registration && read(registration);
  };
}

/** Resolves `Subject.registration`. */
export function registration(): Resolver<SubjectReference, { readonly asOf?: string | null }> {
  const dated = section();
  return (subject, args, context, info) => {
    const { code, asOf } = dated(subject, args, context, info) as Section;
    return readRegistration(code, context, asOf);
  };
}

/** Resolves `Query.subject`. */
export const subject: Resolver<unknown, { readonly code: string }> = (_source, { code }, context) =>
  findSubject(code, context);

/** Resolves `Query.subjects`: one entry a code, in the same order, null where absent. */
export const subjects: Resolver<unknown, { readonly codes: readonly string[] }> = (
  _source,
  { codes },
  context,
) => {
  if (codes.length > SUBJECTS_MAX) {
    throw new PublicError(
      'BAD_USER_INPUT',
      `codes has ${codes.length} entries; at most ${SUBJECTS_MAX} are read at once.`,
      { hint: 'Split the codes over several requests.' },
    );
  }
  return codes.map((code) => findSubject(code, context));
};

async function findSubject(code: string, context: SectorContext): Promise<SubjectReference | null> {
  return (await readRegistration(code, context)) && { code };
}

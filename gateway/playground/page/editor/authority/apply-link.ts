// The address of the form for a special application, with what is known filled in.
import { Kind, parse, visit, type ValueNode } from 'graphql';
import type { FieldExplanation } from './explanation.ts';

const CODE = /^[0-9A-Z]{18}$/;

/** What the form is filled in with. */
export interface ApplicationDraft {
  /** Credit code; null where the query does not name one. */
  readonly subject: string | null;
  readonly fields: readonly FieldExplanation[];
  readonly purpose: string | null;
}

/** Tells whether a special application of this caller could open a field. */
export function isApplicable({ class: needed, decision, rule }: FieldExplanation): boolean {
  return needed === 'SPECIAL' && decision !== 'ALLOWED' && rule !== 'GRANT_MISSING';
}

/** Writes the address of the form; of the fields those count that are owned by the first one's sector. */
export function applyLink({ subject, fields, purpose }: ApplicationDraft): string {
  const sector = fields[0]?.sectors[0] ?? '';
  const coordinates = new Set(
    fields.filter(({ sectors }) => sectors[0] === sector).map(({ decidedBy }) => decidedBy),
  );
  const query = new URLSearchParams({ sector, fields: [...coordinates].join(',') });
  if (subject !== null) query.set('subject', subject);
  if (purpose !== null) query.set('purpose', purpose);
  return `/access/apply?${query.toString()}`;
}

/**
 * Finds the subject that a query names: the first credit code among its arguments, or among the
 * variables that stand there.
 */
export function subjectOf(
  text: string,
  variables: Readonly<Record<string, unknown>>,
): string | null {
  let found: string | null = null;
  const read = (value: ValueNode): unknown => {
    if (value.kind === Kind.STRING) return value.value;
    if (value.kind === Kind.VARIABLE) return variables[value.name.value];
    return value.kind === Kind.LIST ? value.values.map(read) : null;
  };
  visit(parse(text, { noLocation: true }), {
    [Kind.ARGUMENT]: ({ value }) => {
      const codes = [read(value)].flat(2).filter((item) => typeof item === 'string');
      found ??= codes.find((code) => CODE.test(code)) ?? null;
    },
  });
  return found;
}

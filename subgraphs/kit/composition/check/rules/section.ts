// `section`: a sector adds one field to Subject, named as the sector, and nothing else.
import { Kind, print, type ConstDirectiveNode } from 'graphql';
import type { Finding, Rule } from '../rule.ts';
import {
  fieldsOf,
  pascalCase,
  SUBJECT,
  type OwnField,
  type SectorSchema,
} from '../sector-schema-view.ts';

/** Finds a section that is missing or of another form, and fields beside it. */
export const sectionRule: Rule = {
  id: 'section',
  severity: 'error',
  *find(schema) {
    const subjects = schema.types.filter(({ name }) => name.value === SUBJECT);
    const fields = subjects.flatMap(fieldsOf);
    const own = fields.find(({ field }) => field.name.value === schema.sector);
    if (own) yield* ofForm(own, schema);
    else yield missing(schema, subjects[0] ?? schema.document);
    // Who keeps the subject itself has no section, and puts there what it will.
    if (!own && !schema.others.some(keepsSubject)) return;
    const keys = keysOf(subjects.flatMap((type) => type.directives ?? []));
    for (const other of fields) {
      if (other !== own && !keys.has(other.field.name.value)) yield beside(other, schema);
    }
  },
};

function* ofForm({ field, coordinate }: OwnField, { sector }: SectorSchema): Generator<Finding> {
  const type = print(field.type);
  const asOf = field.arguments?.find(({ name }) => name.value === 'asOf');
  const problems = [
    /^[A-Z][A-Za-z0-9]*Section$/.test(type)
      ? ''
      : `its type ${type} is not one XSection, without !`,
    asOf && print(asOf.type) === 'Date' ? '' : 'it takes no `asOf: Date`',
  ].filter((problem) => problem !== '');
  if (problems.length === 0) return;
  yield {
    node: field,
    coordinate,
    message: `${coordinate} is no section as the others are: ${problems.join(', ')}.`,
    remedy: `Write \`${sector}(asOf: Date): ${pascalCase(sector)}Section\`.`,
  };
}

function missing({ sector }: SectorSchema, node: Finding['node']): Finding {
  return {
    node,
    coordinate: SUBJECT,
    message: `The sector has no section: no field ${sector} of ${SUBJECT}.`,
    remedy: `Add \`${sector}(asOf: Date): ${pascalCase(sector)}Section\` to ${SUBJECT}.`,
  };
}

/** Tells whether a sector has the subject for its own: without a section, and found by its key. */
function keepsSubject({ section, whole }: SectorSchema): boolean {
  if (section !== null) return false;
  return (whole.get(SUBJECT) ?? [])
    .flatMap((type) => type.directives ?? [])
    .some(
      (directive) =>
        directive.name.value === 'key' &&
        !(directive.arguments ?? []).some(
          ({ name, value }) =>
            name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
        ),
    );
}

function beside({ field, coordinate }: OwnField, { sector }: SectorSchema): Finding {
  return {
    node: field,
    coordinate,
    message: `${coordinate} stands on ${SUBJECT} itself, beside the section ${sector}.`,
    remedy: 'Move the field into the section: what stands on the subject belongs to all sectors.',
    canBeWaived: false,
  };
}

function keysOf(directives: readonly ConstDirectiveNode[]): ReadonlySet<string> {
  const names = directives
    .filter(({ name }) => name.value === 'key')
    .flatMap(({ arguments: given }) => given ?? [])
    .flatMap(({ value }) => (value.kind === Kind.STRING ? value.value.split(/\W+/) : []));
  return new Set(names);
}

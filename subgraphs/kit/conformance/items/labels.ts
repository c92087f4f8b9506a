// Item: every field has a class, and nobody sees a field or a row of a class that is not open to it.
import { isNonNullType } from 'graphql';
import {
  DISCLOSURE_CLASSES,
  isDisclosureClass,
  rankOfClass,
  type DisclosureClass,
} from '../../authority/disclosure-class.ts';
import { maySeeField, typesOfSpecialFields, type Authority } from '../../authority/policy.ts';
import { isEmpty, type ReadField, type Reading } from '../suite/reading.ts';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import { everyReading } from '../suite/every-reading.ts';
import type { Probe } from '../suite/probe.ts';

const RULES = 'by the rules under "What the claims let the caller see" in subgraphs/README.md';

/** The item on labels. */
export const labels: ConformanceItem = {
  id: 'labels',
  title: 'shows each caller the fields and rows of the classes that are open to it, and no other',
  async check(probe, notes) {
    checkLabels(probe, notes);
    const probed = new Set<string>();
    for await (const reading of everyReading(probe)) {
      for (const field of reading.fields) {
        checkField(reading, field, probe, notes, probed);
      }
      checkRows(reading, notes);
    }
    tellProbed(probe, probed, notes);
  },
};

/** Every field has a class, and one that may be refused alone can be null. */
function checkLabels({ map }: Probe, notes: Notes): void {
  for (const type of map.types) {
    const fields = Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));
    const rank = (name: string): number =>
      rankOfClass(map.classes.get(`${type.name}.${name}`) ?? 'SPECIAL');
    const least = Math.min(...fields.map(({ name }) => rank(name)));
    for (const field of fields) {
      const coordinate = `${type.name}.${field.name}`;
      if (!map.classes.has(coordinate)) {
        notes.finding(
          `${coordinate} has no label.`,
          'Put @requiresScopes on the field or its type: what has none is refused to everybody.',
        );
      } else if (isNonNullType(field.type) && mayBeRefusedAlone(field.name)) {
        notes.finding(
          `${coordinate} is stricter than fields beside it and cannot be null.`,
          'Let it be nullable: its refusal takes along what stands beside it.',
        );
      }
    }
    /** Rows of a stricter class can hold a field of a record back as well; grants open one by one. */
    function mayBeRefusedAlone(name: string): boolean {
      if (map.classes.get(`${type.name}.${name}`) === 'SPECIAL') return true;
      return !map.recordTypes.has(type.name) && rank(name) > least;
    }
  }
}

function checkField(
  { caller, subject, answer }: Reading,
  { selected, value, subject: about, errors }: ReadField,
  { map }: Probe,
  notes: Notes,
  probed: Set<string>,
): void {
  const { coordinate } = selected;
  const fieldClass = map.classes.get(coordinate);
  if (fieldClass === undefined) return;
  const authorities = authoritiesOver(caller, subject, about);
  const isOpen = authorities.some((one) => maySeeField(one, coordinate, fieldClass));
  if (isOpen) {
    const isOpenToAll = authorities.every((one) => maySeeField(one, coordinate, fieldClass));
    const refusal = errors.find((one) => one.extensions?.['code'] === 'UNAUTHORIZED_FIELD_OR_TYPE');
    if (isOpenToAll && refusal && value === null) {
      notes.finding(
        `It refuses ${coordinate} (${fieldClass}) to ${caller.name}.`,
        `Let it be seen, ${RULES}.`,
      );
    }
    return;
  }
  // A request that fails as a whole shows nothing, but proves nothing either.
  if (answer.data === null) return;
  probed.add(coordinate);
  if (value === null || value === undefined || isEmpty(value)) return;
  notes.finding(
    `${caller.name} sees ${coordinate}, which is ${fieldClass}.`,
    `Refuse it before its resolver runs, ${RULES}.`,
  );
}

/** A record that another subject's section leads to is seen as its own subject's or as that one's. */
function authoritiesOver(
  caller: Reading['caller'],
  subject: string | null,
  about: string | null,
): readonly Authority[] {
  if (subject === null) return [caller.atLarge];
  return about === null || about === subject
    ? [caller.over(subject)]
    : [caller.over(subject), caller.over(about)];
}

function checkRows({ caller, subject, records }: Reading, notes: Notes): void {
  for (const { type, record } of records) {
    const rowClass = record['disclosureClass'];
    if (typeof rowClass !== 'string' || !isDisclosureClass(rowClass)) continue;
    const holder = record['subject'] as { readonly code?: unknown } | null;
    const about = typeof holder?.code === 'string' ? holder.code : null;
    const isOpen = authoritiesOver(caller, subject, about).some((one) =>
      rowClass === 'SPECIAL' ? typesOfSpecialFields(one).has(type) : one.classes.includes(rowClass),
    );
    if (isOpen) continue;
    notes.finding(
      `${caller.name} sees a row of ${type} whose class is ${rowClass}.`,
      `Leave out the rows of classes that are not open to the caller, ${RULES}.`,
    );
  }
}

/** A class without a field that was probed was not tested: it is said, not passed over. */
function tellProbed({ map }: Probe, probed: ReadonlySet<string>, notes: Notes): void {
  const byClass = new Map<DisclosureClass, string[]>();
  for (const [coordinate, value] of map.classes) {
    if (value !== 'PUBLIC') byClass.set(value, [...(byClass.get(value) ?? []), coordinate]);
  }
  for (const value of DISCLOSURE_CLASSES) {
    const all = byClass.get(value) ?? [];
    if (all.length === 0) continue;
    const some = all.filter((coordinate) => probed.has(coordinate));
    if (some.length > 0) notes.looked(`${some.length} of ${all.length} fields that are ${value}`);
    else notes.notLooked(`${value}: no caller below it came to ${all.slice(0, 3).join(', ')}`);
  }
  notes.looked(`${map.classes.size} fields with a label`);
}

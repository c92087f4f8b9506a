// Item: a refusal is a null with an error at its place, and never looks like a record that is clean.
import { maySeeField } from '../../authority/policy.ts';
import { isObject } from '../suite/ask-sector.ts';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import { everyReading } from '../suite/every-reading.ts';
import { isDisclosed, type ReadField, type Reading } from '../suite/reading.ts';
import type { Probe } from '../suite/probe.ts';

const REMEDY =
  'Answer a refused field with null and an error UNAUTHORIZED_FIELD_OR_TYPE at its path: an empty ' +
  'list, a zero or a bare null reads as "there is nothing against this subject".';

/** The item on refusals. */
export const refusal: ConformanceItem = {
  id: 'refusal',
  title: 'refuses with null and an error at the place, never with an empty list',
  async check(probe, notes) {
    let refused = 0;
    for await (const reading of everyReading(probe)) {
      if (reading.answer.data === null) {
        notes.finding(
          `It answers ${reading.caller.name} no data at all: ` +
            `${reading.answer.status} ${String(reading.answer.errors[0]?.message)}`,
          'Refuse the fields that are not open and answer the others.',
        );
        continue;
      }
      for (const field of reading.fields) {
        if (isOpen(reading, field, probe)) continue;
        refused += 1;
        checkRefusal(reading, field, notes);
      }
      checkTakenAlong(reading, notes);
    }
    if (refused > 0) notes.looked(`${refused} refused fields`);
    else notes.notLooked('the schema has nothing above PUBLIC, or no caller came to it');
  },
};

function isOpen({ caller, subject }: Reading, field: ReadField, { map }: Probe): boolean {
  const { coordinate } = field.selected;
  const fieldClass = map.classes.get(coordinate);
  // A field without a label is for the item on labels.
  if (fieldClass === undefined) return true;
  const about = [subject, field.subject].filter((code) => code !== null);
  const authorities = subject === null ? [caller.atLarge] : about.map((code) => caller.over(code));
  return authorities.some((one) => maySeeField(one, coordinate, fieldClass));
}

function checkRefusal(
  { caller }: Reading,
  { selected, value, errors, path }: ReadField,
  notes: Notes,
): void {
  // What is disclosed is for the item on labels.
  if (isDisclosed(value)) return;
  const what = `${selected.coordinate}, refused to ${caller.name},`;
  if (value !== null) {
    notes.finding(`${what} is answered with ${JSON.stringify(shortly(value))}.`, REMEDY);
    return;
  }
  const codes = errors.map(({ extensions }) => extensions?.['code']);
  if (codes.includes('UNAUTHORIZED_FIELD_OR_TYPE')) return;
  notes.finding(`${what} is null without an error at its path ${path.join('.')}.`, REMEDY);
}

/** An error whose field is not in the answer has taken along what stood beside the field. */
function checkTakenAlong({ caller, answer, fields }: Reading, notes: Notes): void {
  const answered = new Set(fields.map(({ path }) => JSON.stringify(path)));
  for (const { extensions, path = [] } of answer.errors) {
    if (extensions?.['code'] !== 'UNAUTHORIZED_FIELD_OR_TYPE') continue;
    if (answered.has(JSON.stringify(path))) continue;
    notes.finding(
      `The refusal of ${String(path.at(-1))} to ${caller.name} takes along what stands beside it.`,
      'Let the field be nullable, and put the path of the field into the error.',
    );
  }
}

function shortly(value: unknown): unknown {
  return isObject(value) ? { nodes: value['nodes'], totalCount: value['totalCount'] } : value;
}

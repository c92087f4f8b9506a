// Reads what callers write into applications, decisions and consents: bounded, without control
// characters, and without the number of a person anywhere, since all of it is kept for good.
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { parseDate } from '../../subgraphs/kit/values/dates.ts';
import { containsResidentNumber } from '../../subgraphs/kit/values/resident-number.ts';
import { normaliseOrganisation } from './rules.ts';
import type { SpecialFields } from './special-fields.ts';

/** The longest texts, characters. */
export const TEXTS_MAX = {
  legalBasis: 500,
  caseReference: 100,
  reason: 1_000,
  organisation: 200,
} as const;

/** Longest lists of fields and of sectors. */
export const LIST_MAX = 50;

/** Fields of one application at most, with those below the named ones. */
const EXPANDED_FIELDS_MAX = 200;
const CONTROL = /\p{Cc}|\p{Zl}|\p{Zp}|\p{Cs}/u;
const LINE_BREAKS_AND_TABS = /[\t\r\n]/g;
const COORDINATE = /^[_A-Za-z][_A-Za-z0-9]{0,99}\.[_A-Za-z][_A-Za-z0-9]{0,99}$/;
const SECTOR = /^[a-z][a-z0-9]{0,40}$/;

/**
 * Reads a text that somebody has to answer for.
 *
 * @throws PublicError BAD_USER_INPUT for one that is empty, too long, or holds what is never kept
 */
export function readText(name: keyof typeof TEXTS_MAX, value: string): string {
  const limit = TEXTS_MAX[name];
  const text = value.trim();
  if (text === '' || value.length > limit) {
    throw badInput(`${name} has ${value.length} characters; it must have 1 to ${limit}.`);
  }
  const plain = name === 'reason' ? text.replace(LINE_BREAKS_AND_TABS, ' ') : text;
  if (CONTROL.test(plain)) throw badInput(`${name} holds a control character.`);
  if (containsResidentNumber(text)) {
    throw badInput(`${name} holds what may be the number of a person; such numbers are not kept.`);
  }
  return text;
}

/**
 * Reads the organisation that a consent is given to.
 *
 * @throws PublicError BAD_USER_INPUT
 */
export function readOrganisation(value: string): string {
  return normaliseOrganisation(readText('organisation', value));
}

/**
 * Reads the last day of what is given today.
 *
 * @throws PublicError BAD_USER_INPUT for a day before today, or after the last that is allowed
 */
export function readUntil(value: string, today: string, latest: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value) && parseDate(value).kind === 'date';
  if (isDay && value >= today && value <= latest) return value;
  throw badInput(`until must be a day from ${today} to ${latest}.`);
}

/**
 * Reads the name of a sector of the graph.
 *
 * @throws PublicError BAD_USER_INPUT listing the sectors
 */
export function readSector(value: string, sectors: ReadonlySet<string>): string {
  if (sectors.has(value)) return value;
  const shown = SECTOR.test(value) ? value : 'The text';
  throw badInput(`${shown} is not a sector.`, `Sectors are: ${[...sectors].sort().join(', ')}.`);
}

/**
 * Reads names of sectors: sorted, each once.
 *
 * @throws PublicError BAD_USER_INPUT
 */
export function readSectors(
  values: readonly string[],
  sectors: ReadonlySet<string>,
): readonly string[] {
  assertLength('sectors', values);
  return [...new Set(values.map((value) => readSector(value, sectors)))].sort();
}

/**
 * Reads the fields of an application: coordinates of class SPECIAL of the sector, with those below
 * them; sorted, each once.
 *
 * @throws PublicError BAD_USER_INPUT naming the first that is not one
 */
export function readSpecialFields(
  values: readonly string[],
  sector: string,
  special: SpecialFields,
): readonly string[] {
  const known = special.specialFields(sector);
  return readFields(values, special, (field) => {
    if (known.has(field)) return;
    throw badInput(
      `${field} is not a field of class SPECIAL of the sector ${sector}.`,
      'Name fields as Type.field; what is not SPECIAL needs no application.',
    );
  });
}

/**
 * Reads the fields that a reviewer lets stand: each one of those that stand, and never more, also
 * where a named field has fields below it.
 *
 * @throws PublicError BAD_USER_INPUT naming the first that does not stand
 */
export function readNarrowedFields(
  values: readonly string[],
  standing: readonly string[],
  special: SpecialFields,
): readonly string[] {
  const fields = readFields(values, special, (field) => {
    if (standing.includes(field)) return;
    throw badInput(
      `${field} is not among the fields that stand: a reviewer narrows and never widens.`,
    );
  });
  return fields.filter((field) => standing.includes(field));
}

/** Writes the error of a value that does not do. */
export function badInput(message: string, hint?: string): PublicError {
  return new PublicError('BAD_USER_INPUT', message, hint === undefined ? {} : { hint });
}

function readFields(
  values: readonly string[],
  special: SpecialFields,
  assertField: (field: string) => void,
): readonly string[] {
  assertLength('fields', values);
  values.forEach((field, at) => {
    if (!COORDINATE.test(field)) throw badInput(`fields[${at}] is not written as Type.field.`);
    assertField(field);
  });
  const expanded = special.expandSpecial(values);
  if (expanded.length > EXPANDED_FIELDS_MAX) {
    throw badInput(
      `The fields stand for ${expanded.length} with those below them; ${EXPANDED_FIELDS_MAX} are the most.`,
      'Split the application.',
    );
  }
  return expanded;
}

function assertLength(name: string, values: readonly string[]): void {
  if (values.length >= 1 && values.length <= LIST_MAX) return;
  throw badInput(`${name} has ${values.length} entries; it must have 1 to ${LIST_MAX}.`);
}

// What a person says of a withdrawal: kept for good, and shown to the subjects of closed records.
import { containsResidentNumber } from '../values/resident-number.ts';
import { ImportError } from './import-error.ts';

const REASON_CHARACTERS_MAX = 500;
const NAME_CHARACTERS_MAX = 100;

/** @throws ImportError for a reason that is empty, too long, or may not be kept */
export function checkedReason(text: string): string {
  return checked('The reason', text, REASON_CHARACTERS_MAX);
}

/** @throws ImportError for a name that is empty, too long, or may not be kept */
export function checkedName(text: string): string {
  return checked('The name of who withdraws', text, NAME_CHARACTERS_MAX);
}

function checked(what: string, text: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new ImportError('input', `${what} is empty.`);
  if (trimmed.length > max) throw new ImportError('input', `${what} is over ${max} characters.`);
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(trimmed)) {
    throw new ImportError('input', `${what} must be one line of plain text.`);
  }
  if (containsResidentNumber(trimmed)) {
    throw new ImportError('input', `${what} must not hold a resident identity number.`);
  }
  return trimmed;
}

// Whether a text of the caller's names a subject or a person: then it must not stand in a log.
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
import { containsResidentNumber } from '../../subgraphs/kit/values/resident-number.ts';

const CODE_SHAPE = /(?=([0-9A-Z]{18}))/gi;

/** Tells whether a text holds a credit code or a resident number, wherever in it. */
export function namesSomebody(text: string): boolean {
  if (containsResidentNumber(text)) return true;
  return [...text.matchAll(CODE_SHAPE)].some(([, code = '']) => parseCreditCode(code).valid);
}

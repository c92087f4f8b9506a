// Why the caller asks: the headers that name purpose and case. A purpose that its credential does not
// allow is refused, never quietly taken for none.
import type { IncomingHttpHeaders } from 'node:http';
import type { Inquiry, Principal } from '../../subgraphs/kit/authority/principal.ts';
import { isPurpose, PURPOSES, type Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import { containsResidentNumber } from '../../subgraphs/kit/values/resident-number.ts';
import { HttpError } from '../http/http-error.ts';

/** Header with one of the purposes of the closed list. */
export const PURPOSE_HEADER = 'credit-purpose';

/** Header with the caller's own reference of the case. */
export const CASE_HEADER = 'credit-case';

/** The longest reference of a case, characters. */
export const CASE_CHARACTERS_MAX = 100;

/**
 * Reads purpose and case of a request.
 *
 * @throws HttpError PURPOSE_FORBIDDEN for a purpose that is unknown or not of the credential,
 *   BAD_REQUEST for a case that is not printable, too long, or holds the number of a person
 */
export function readInquiry(headers: IncomingHttpHeaders, principal: Principal): Inquiry {
  return {
    principal,
    purpose: readPurpose(headers[PURPOSE_HEADER], principal),
    caseReference: readCase(headers[CASE_HEADER]),
  };
}

function readPurpose(
  value: string | readonly string[] | undefined,
  { tier, purposes }: Principal,
): Purpose | null {
  if (value === undefined) return null;
  if (typeof value !== 'string' || !isPurpose(value)) {
    throw new HttpError('PURPOSE_FORBIDDEN', 'Credit-Purpose does not name a purpose.', {
      hint: `The purposes are ${PURPOSES.join(', ')}; your token allows some of them.`,
    });
  }
  if (purposes.includes(value)) return value;
  const allowed = purposes.length > 0 ? purposes.join(', ') : 'none';
  throw new HttpError(
    'PURPOSE_FORBIDDEN',
    'The credential does not allow the purpose of Credit-Purpose.',
    {
      hint:
        tier === 'ANONYMOUS'
          ? 'Send a token that allows the purpose, or leave Credit-Purpose out.'
          : `Your token allows: ${allowed}. State one of them, or leave Credit-Purpose out.`,
    },
  );
}

function readCase(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? decode(value) : null;
  if (text === null || !/^\P{C}{1,100}$/u.test(text) || text.trim() === '') {
    throw new HttpError('BAD_REQUEST', 'Credit-Case is not a reference of a case.', {
      hint: `Send 1 to ${CASE_CHARACTERS_MAX} printable characters in UTF-8, or leave it out.`,
    });
  }
  if (containsResidentNumber(text)) {
    throw new HttpError('BAD_REQUEST', 'Credit-Case holds the identity number of a person.', {
      hint: 'Send the reference of the case alone; identity numbers are not taken anywhere.',
    });
  }
  return text;
}

/** HTTP hands out bytes as Latin-1; numbers of cases are Chinese, and clients send them in UTF-8. */
function decode(value: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return null;
  }
}

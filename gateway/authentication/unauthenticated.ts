// Why a credential is not accepted, as HTTP says it (RFC 6750). Neither the token nor a value of it
// stands in any of these texts.
import { HttpError } from '../http/http-error.ts';

const RETRY_AFTER_S = '5';

/**
 * Makes the refusal of a credential: UNAUTHENTICATED, with the challenge that RFC 6750 asks for.
 *
 * @param hint what the caller or its issuer has to change
 */
export function unauthenticated(message: string, hint: string): HttpError {
  return new HttpError('UNAUTHENTICATED', message, {
    hint,
    headers: {
      'www-authenticate': `Bearer error="invalid_token", error_description="${quotable(message)}"`,
    },
  });
}

/** Makes the refusal of a token with a claim that is missing or malformed; names it, not its value. */
export function claimRefused(claim: string, reason: string): HttpError {
  return unauthenticated(
    `The claim ${claim} of the token ${reason}.`,
    `Ask the issuer of the token to correct the claim ${claim}, then obtain a new token.`,
  );
}

/** Makes the answer to a token that cannot be judged, since its issuer's keys cannot be read. */
export function keysUnavailable(): HttpError {
  return new HttpError(
    'SERVICE_UNAVAILABLE',
    'The token cannot be verified: the keys of its issuer cannot be read at the moment.',
    {
      hint: 'Ask again after the seconds in Retry-After; the token itself may well be good.',
      headers: { 'retry-after': RETRY_AFTER_S },
    },
  );
}

/** Leaves what RFC 6750 allows in a description: printable ASCII without quotes and backslashes. */
function quotable(text: string): string {
  return text.replace(/[^\x20-\x7e]|["\\]/g, "'");
}

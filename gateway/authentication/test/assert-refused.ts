// What every refusal of a credential must be: its code, a hint, the challenge of RFC 6750, and nothing
// of the credential in any of them.
import assert from 'node:assert/strict';
import { ERROR_CODES, type ErrorCode } from '../../../subgraphs/kit/errors.ts';
import { HttpError } from '../../http/http-error.ts';

/** Asserts that a request is refused, and gives the text of the refusal. */
export async function assertRefused(
  asked: Promise<unknown>,
  code: ErrorCode,
  message: RegExp,
  secret = '',
): Promise<HttpError> {
  let refusal: unknown;
  const answer = await asked.catch((error: unknown) => {
    refusal = error;
  });
  assert.ok(refusal instanceof HttpError, `not refused: ${JSON.stringify(answer)}`);
  const { error, headers } = refusal;
  assert.equal(error.extensions['code'], code, error.message);
  assert.match(error.message, message);
  assert.equal(typeof error.extensions['hint'], 'string');
  assert.ok(String(error.extensions['hint']).length > 10);
  if (code === 'UNAUTHENTICATED') {
    assert.equal(ERROR_CODES[code].status, 401);
    assert.match(headers['www-authenticate'] ?? '', /^Bearer error="invalid_token", error_descr/);
  }
  if (code === 'SERVICE_UNAVAILABLE') assert.match(headers['retry-after'] ?? '', /^\d+$/);
  const whole = JSON.stringify([error.message, error.extensions, headers]);
  for (const part of secret.split('.').filter((one) => one.length > 8)) {
    assert.equal(whole.includes(part), false, 'the token is repeated');
  }
  return refusal;
}

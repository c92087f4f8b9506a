// The name by which a request is found again: in the answer, in every log, at every sector.
import { randomUUID } from 'node:crypto';

const REQUEST_ID = /^[\w-]{8,64}$/;

/** Takes the caller's `x-request-id` where it can be written anywhere without harm, or makes one. */
export function requestIdOf(given: string | readonly string[] | undefined): string {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

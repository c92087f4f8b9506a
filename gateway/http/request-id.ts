// The name by which a request is found again: in the answer, in every log, at every sector.
import { randomUUID } from 'node:crypto';
import { namesSomebody } from './names-somebody.ts';

const REQUEST_ID = /^[\w-]{8,64}$/;

/** Takes the caller's `x-request-id` where it can be written anywhere without harm, or makes one. */
export function requestIdOf(given: string | readonly string[] | undefined): string {
  const isFit = typeof given === 'string' && REQUEST_ID.test(given) && !namesSomebody(given);
  return isFit ? given : randomUUID();
}

// The limits on the variables of one request: lists, nesting, texts. They hold for values of every
// type, so that no input of a sector's schema can be forgotten.
import type { LimitConfig } from '../config.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { nulError } from './check-document.ts';
import { limitError } from './limit-error.ts';

const NESTING_MAX = 10;

/** Returns what is wrong with the variables; the first problem of each variable. */
export function checkVariables(
  variables: Readonly<Record<string, unknown>>,
  limits: LimitConfig,
): readonly PublicError[] {
  return Object.values(variables)
    .map((value) => problemOf(value, limits, NESTING_MAX))
    .filter((problem) => problem !== null);
}

function problemOf(value: unknown, limits: LimitConfig, nesting: number): PublicError | null {
  if (typeof value === 'string') return value.includes('\0') ? nulError() : null;
  if (typeof value !== 'object' || value === null) return null;
  if (nesting === 0) {
    return new PublicError('BAD_USER_INPUT', `A variable is nested over ${NESTING_MAX} levels.`);
  }
  if (Array.isArray(value) && value.length > limits.listLength) {
    const subject = 'The length of a list';
    return limitError('LIST_LENGTH_MAX', limits.listLength, value.length, subject);
  }
  for (const item of Object.values(value)) {
    const problem = problemOf(item, limits, nesting - 1);
    if (problem) return problem;
  }
  return null;
}

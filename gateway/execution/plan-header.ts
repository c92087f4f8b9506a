// The header by which a caller asks for the plan of its operation.
/** Name of the header. */
export const PLAN_HEADER = 'credit-plan';

/** Tells whether the plan is asked for; null for a value that the header does not have. */
export function isPlanAsked(header: string | readonly string[] | undefined): boolean | null {
  if (header === undefined || header === 'omit') return false;
  return header === 'include' ? true : null;
}

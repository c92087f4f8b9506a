// The limits on an operation together with its variables: page sizes and cost.
import type { LimitConfig } from '../config.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import type { Cost, Variables } from './compile-cost.ts';
import { limitError } from './limit-error.ts';

/** Returns what is wrong with the pages and the cost of a request with coerced variables. */
export function checkRequest(
  cost: Cost,
  variables: Variables,
  limits: LimitConfig,
): readonly PublicError[] {
  const errors: PublicError[] = [];
  for (const page of cost.pages) {
    const size = page.valueOf(variables);
    if (typeof size !== 'number') continue;
    if (size < 0) {
      errors.push(
        new PublicError('BAD_USER_INPUT', `${page.coordinate} is ${size}, below 0.`, {
          hint: `Ask for 0 to ${limits.pageSize}.`,
        }),
      );
    } else if (size > limits.pageSize) {
      errors.push(limitError('PAGE_SIZE_MAX', limits.pageSize, size, page.coordinate));
    }
  }
  if (errors.length > 0) return errors;
  const value = cost.costOf(variables);
  return value <= limits.cost
    ? []
    : [limitError('COST_MAX', limits.cost, value, 'The cost of the operation')];
}

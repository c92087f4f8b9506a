// The pages of the faulty sector: Relay connections over a list in memory.
import { PublicError } from '../../errors.ts';
import type { Fault } from './faults.ts';

/** Arguments of a list. */
export interface PageArgs {
  readonly first: number;
  readonly after?: string | null;
}

const PAGE_MAX = 100;

/** Cuts a page out of the visible records of a list. */
export function pageOf(
  type: string,
  visible: readonly object[],
  { first, after }: PageArgs,
  all: readonly object[],
  fault: Fault | null,
): object {
  if ((first < 0 || first > PAGE_MAX) && fault !== 'any page size taken') {
    throw new PublicError('BAD_USER_INPUT', `first is ${first}; it must be 0 to ${PAGE_MAX}.`);
  }
  const given = typeof after === 'string' ? readCursor(type, after, fault) : -1;
  let start = given + 1;
  if (given >= 0 && fault === 'a record twice over the pages') start -= 1;
  if (given >= 0 && fault === 'a record lost between pages') start += 1;
  const end = start + Math.max(0, first);
  const nodes = visible.slice(start, end);
  const cursorOf = (index: number): string => writeCursor(type, start + index);
  const isEmpty = nodes.length === 0;
  return {
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursorOf(index) })),
    pageInfo: {
      hasNextPage: end < visible.length,
      hasPreviousPage: given >= 0,
      startCursor: isEmpty ? null : cursorOf(0),
      endCursor: isEmpty ? null : cursorOf(nodes.length - 1),
    },
    totalCount: fault === 'hidden records counted' ? all.length : visible.length,
  };
}

function writeCursor(type: string, index: number): string {
  return Buffer.from(`${type} ${index}`).toString('base64url');
}

function readCursor(type: string, cursor: string, fault: Fault | null): number {
  const [of, index] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const isOwn =
    of === type || (fault === 'a cursor of another list taken' && of?.startsWith('Customs'));
  if (isOwn && index !== undefined && /^\d{1,6}$/.test(index)) return Number(index);
  if (fault === 'any cursor taken') return -1;
  throw new PublicError('INVALID_CURSOR', `The cursor does not belong to a list of ${type}.`);
}

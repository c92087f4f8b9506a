// Connections of records: the Relay shape over the kit's loader, for a section and for a listing.
import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { encodeCursor } from '../database/cursor.ts';
import type { PageRequest } from '../database/page-request.ts';
import type { RecordPage } from '../database/record-loader.ts';
import type { RecordNode } from '../database/record-node.ts';
import type { RecordFilter } from '../database/record-query.ts';
import type { RecordTable } from '../database/record-table.ts';
import { PublicError } from '../errors.ts';
import type { Resolver } from './resolver.ts';
import type { Section } from './section.ts';

/** Argument of the field to the comparison it makes; the values of an argument are bound, never text. */
export type ConnectionFilters = Readonly<Record<string, RecordFilter>>;

/** Records a page may hold. */
export const PAGE_RECORDS_MAX = 100;

/** Parameters of the statements themselves: a filter of such a name would replace, say, the day. */
const RESERVED: ReadonlySet<string> = new Set(
  'displayed outside today asOf limit first after afterDate afterId codes ids versions'.split(' '),
);

type ConnectionArgs = Readonly<Record<string, unknown>>;

/** Resolves a connection of one subject's records within a section. */
export function connection(
  table: RecordTable,
  filters: ConnectionFilters = {},
): Resolver<Section, ConnectionArgs> {
  assertFilters(table, filters);
  return async ({ code, asOf }, args, { records }, info) => {
    const request = readRequest(args, filters, asOf, info);
    return toConnection(table, request, await records.section(table, code, request));
  };
}

/** Resolves a listing of records of all subjects, newest first: a field of `Query`. */
export function listing(
  table: RecordTable,
  filters: ConnectionFilters = {},
): Resolver<unknown, ConnectionArgs> {
  assertFilters(table, filters);
  return async (_source, args, { records }, info) => {
    const request = readRequest(args, filters, null, info);
    return toConnection(table, request, await records.listing(table, request));
  };
}

/** Resolves `history` of a record type. */
export function history(table: RecordTable): Resolver<RecordNode> {
  return (record, _args, { records }) => records.history(table, record);
}

/** Resolves `version` of a record type: hidden versions do not count. */
export function version(table: RecordTable): Resolver<RecordNode> {
  return (record, _args, { records }) =>
    record.version === 1 ? 1 : records.version(table, record);
}

/** Resolves `supersededAt` of a record type: by the next version in sight, as if there were no other. */
export function supersededAt(table: RecordTable): Resolver<RecordNode> {
  return (record, _args, { records }) =>
    record.isSuperseded ? records.supersededAt(table, record) : null;
}

/**
 * Checks a page size.
 *
 * @throws PublicError BAD_USER_INPUT with the limit and the value
 */
export function assertPageSize(first: unknown): asserts first is number {
  if (typeof first === 'number' && first >= 0 && first <= PAGE_RECORDS_MAX) return;
  throw new PublicError(
    'BAD_USER_INPUT',
    `first is ${String(first)}; it must be 0 to ${PAGE_RECORDS_MAX}.`,
    { hint: 'Read further pages with the end cursor of this one as `after`.' },
  );
}

function assertFilters(table: RecordTable, filters: ConnectionFilters): void {
  for (const argument of Object.keys(filters)) {
    if (!RESERVED.has(argument)) continue;
    throw new Error(`${table.type}: a filter cannot be named ${argument}; the kit uses that name`);
  }
}

function readRequest(
  args: ConnectionArgs,
  filters: ConnectionFilters,
  asOf: string | null,
  info: GraphQLResolveInfo,
): PageRequest {
  const first = args['first'];
  assertPageSize(first);
  const used = Object.entries(filters)
    .filter(([argument]) => args[argument] !== undefined && args[argument] !== null)
    .map(([argument, filter]) => [argument, { filter, value: toValue(filter, args[argument]) }]);
  return {
    first,
    after: typeof args['after'] === 'string' ? args['after'] : null,
    asOf,
    filters: Object.fromEntries(used) as PageRequest['filters'],
    total: selects(info, 'totalCount'),
  };
}

function toValue(filter: RecordFilter, value: unknown): unknown {
  return filter.test === 'any' && !Array.isArray(value) ? [value] : value;
}

function toConnection(table: RecordTable, request: PageRequest, page: RecordPage): object {
  const cursorOf = (node: RecordNode): string => encodeCursor(table.type, node.position);
  const first = page.nodes[0];
  const last = page.nodes.at(-1);
  return {
    nodes: page.nodes,
    edges: page.nodes.map((node) => ({ node, cursor: () => cursorOf(node) })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: request.after !== null,
      startCursor: first ? cursorOf(first) : null,
      endCursor: last ? cursorOf(last) : null,
    },
    totalCount: page.total,
  };
}

/** Tells whether a field is asked for directly below this one, and neither skipped nor left out. */
export function selects(info: GraphQLResolveInfo, field: string): boolean {
  const within = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).some((selection) => {
      if (!isIncluded(info, selection)) return false;
      if (selection.kind === Kind.FIELD) return selection.name.value === field;
      if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet);
      return within(info.fragments[selection.name.value]?.selectionSet);
    });
  return info.fieldNodes.some((node) => within(node.selectionSet));
}

function isIncluded({ variableValues }: GraphQLResolveInfo, selection: SelectionNode): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}

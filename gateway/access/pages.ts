// Pages of applications, grants and consents: keyset pages by time and id, read from each of the ways
// by which an item concerns the caller, each by its own index, and put together.
import type { Statement } from '../../subgraphs/kit/database/statement.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { parseInstant } from '../../subgraphs/kit/values/instants.ts';
import type { Run } from './access-database.ts';
import type { Caller } from './asking.ts';
import { badInput } from './inputs.ts';
import { isItemId } from './item-id.ts';
import {
  columnsOf,
  type ApplicationRow,
  type ConsentRow,
  type GrantRow,
  type ItemKey,
} from './rows.ts';
import { statementOf } from './statements.ts';

/** What a connection is asked for. */
export interface PageInput {
  /** Items at most, 0 to 100. */
  readonly first: number;
  readonly after?: string | null;
}

/** A page of rows, each with its cursor. */
export interface Page<Row> {
  readonly rows: readonly { readonly row: Row; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Items a page may hold. */
export const PAGE_ITEMS_MAX = 100;

interface Listing {
  readonly name: string;
  readonly table: 'applications' | 'grants' | 'consents';
  readonly time: 'applied_at' | 'granted_at' | 'given_at';
  readonly order: 'asc' | 'desc';
  /** Each one way by which an item `t` concerns the caller; `s.name` is a sector it reviews. */
  readonly ways: readonly { readonly where: string; readonly isPerSector?: boolean }[];
  /** What holds on every way; takes part only where `filter` is given, if it names it. */
  readonly filter: string;
  readonly always?: string;
}

const OF_ORGANISATION = { where: 't.organisation = :organisation' };
const OF_SUBJECT = { where: 't.subject_code = :subject' };
const OF_SECTOR = { where: 't.sector = s.name', isPerSector: true };

const APPLICATIONS = listingOf({
  name: 'applications',
  table: 'applications',
  time: 'applied_at',
  order: 'desc',
  ways: [OF_ORGANISATION],
  filter: 'true',
});
const TO_DECIDE = listingOf({
  name: 'applicationsToDecide',
  table: 'applications',
  time: 'applied_at',
  order: 'asc',
  ways: [OF_SECTOR],
  filter: 't.sector = :filter',
  // An expired one cannot be decided any more.
  always: `t.state in ('PENDING', 'AWAITING_SECOND') and t.standing_until >= :today
    and t.organisation <> :organisation and t.applicant <> :id and not exists (
      select from access_reviews as r where r.subject_code = t.subject_code
        and r.application_id = t.id and r.reviewer = :id)`,
});
const GRANTS = listingOf({
  name: 'grants',
  table: 'grants',
  time: 'granted_at',
  order: 'desc',
  ways: [OF_ORGANISATION, OF_SUBJECT, OF_SECTOR],
  filter: 't.subject_code = :filter',
});
const CONSENTS = listingOf({
  name: 'consents',
  table: 'consents',
  time: 'given_at',
  order: 'desc',
  ways: [OF_ORGANISATION, OF_SUBJECT],
  filter: 't.subject_code = :filter',
});

/** Reads the applications of the caller's organisation, newest first. */
export function readApplications(
  run: Run,
  caller: Caller,
  input: PageInput,
): Promise<Page<ApplicationRow>> {
  return readPage(run, APPLICATIONS, caller, input, null);
}

/** Reads the applications that the caller may decide on, oldest first; of one sector if named. */
export function readApplicationsToDecide(
  run: Run,
  caller: Caller,
  input: PageInput,
  sector: string | null,
): Promise<Page<ApplicationRow>> {
  return readPage(run, TO_DECIDE, caller, input, sector);
}

/** Reads the grants that concern the caller, newest first; on one subject if named. */
export function readGrants(
  run: Run,
  caller: Caller,
  input: PageInput,
  subject: string | null,
): Promise<Page<GrantRow>> {
  return readPage(run, GRANTS, caller, input, subject);
}

/** Reads the consents that concern the caller, newest first; of one subject if named. */
export function readConsents(
  run: Run,
  caller: Caller,
  input: PageInput,
  subject: string | null,
): Promise<Page<ConsentRow>> {
  return readPage(run, CONSENTS, caller, input, subject);
}

type TimedRow = ItemKey & Readonly<Partial<Record<Listing['time'], string>>>;

interface PreparedListing extends Listing {
  readonly statements: (isAfter: boolean, isFiltered: boolean) => Statement;
}

function listingOf(listing: Listing): PreparedListing {
  const made = new Map<string, Statement>();
  return {
    ...listing,
    statements: (isAfter, isFiltered) => {
      const key = `${isAfter} ${isFiltered}`;
      const known = made.get(key) ?? statementOf(textOf(listing, isAfter, isFiltered));
      made.set(key, known);
      return known;
    },
  };
}

function textOf(listing: Listing, isAfter: boolean, isFiltered: boolean): string {
  const { table, time, order, ways, filter, always } = listing;
  const columns = columnsOf(table, 't');
  const ordered = `order by t.${time} ${order}, t.id ${order} limit :limit`;
  const comparison = order === 'asc' ? '>' : '<';
  const conditions = [
    ...(always === undefined ? [] : [always]),
    ...(isFiltered ? [filter] : []),
    ...(isAfter ? [`(t.${time}, t.id) ${comparison} (:afterAt::timestamptz, :afterId)`] : []),
  ];
  const parts = ways.map(({ where, isPerSector = false }) => {
    const all = [where, ...conditions].join(' and ');
    const part = `select ${columns} from access_${table} as t where ${all} ${ordered}`;
    return isPerSector
      ? `(select p.* from unnest(:reviewedSectors::text[]) as s(name)
          cross join lateral (${part}) as p)`
      : `(${part})`;
  });
  // An item that concerns the caller in two ways is one item.
  return `select ${columns} from (${parts.join(' union ')}) as t ${ordered}`;
}

async function readPage<Row extends ItemKey>(
  run: Run,
  listing: PreparedListing,
  caller: Caller,
  { first, after = null }: PageInput,
  filter: string | null,
): Promise<Page<Row>> {
  if (!Number.isSafeInteger(first) || first < 0 || first > PAGE_ITEMS_MAX) {
    throw badInput(
      `first is ${first}; it must be 0 to ${PAGE_ITEMS_MAX}.`,
      'Read further pages with the end cursor of this one as `after`.',
    );
  }
  const position = after === null ? null : readCursor(listing.name, after);
  const rows = await run<Row & TimedRow>(listing.statements(position !== null, filter !== null), {
    ...caller,
    filter,
    limit: first + 1,
    afterAt: position?.at ?? null,
    afterId: position?.id ?? null,
  });
  return {
    rows: rows.slice(0, first).map((row) => {
      return { row, cursor: writeCursor(listing.name, row[listing.time] ?? '', row.id) };
    }),
    hasNextPage: rows.length > first,
    hasPreviousPage: position !== null,
  };
}

const CURSOR_CHARACTERS_MAX = 200;

/** A cursor tells its reader nothing that the item beside it does not. */
function writeCursor(name: string, at: string, id: string): string {
  return Buffer.from(`${name} ${at} ${id}`).toString('base64url');
}

/** @throws PublicError INVALID_CURSOR for a text that this connection has not given out */
function readCursor(name: string, cursor: string): { readonly at: string; readonly id: string } {
  const text =
    cursor.length > CURSOR_CHARACTERS_MAX ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const [of, at = '', id = '', ...rest] = text.split(' ');
  const parsed = parseInstant(at);
  const isOurs = of === name && rest.length === 0 && isItemId(id);
  if (isOurs && parsed.kind === 'instant' && parsed.instant === at) return { at, id };
  throw new PublicError('INVALID_CURSOR', `The cursor does not belong to ${name}.`);
}

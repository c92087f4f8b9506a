// Consents, applications and grants of a world, as the gateway's database keeps them, and the same
// with other values wherever a caller has no part in them.
import { dateOfDay, dayNumber, type Random } from '../../../../subgraphs/kit/samples/random.ts';
import type { Inquiry } from '../../../../subgraphs/kit/authority/principal.ts';
import type { Row } from './world.ts';

/** Tables of the gateway's database that hold standing, those that others refer to first. */
export const ACCESS_TABLES = [
  'access_consents',
  'access_applications',
  'access_reviews',
  'access_grants',
  'access_openings',
  'access_moves',
] as const;

/** Rows by table. */
export type AccessWorld = ReadonlyMap<string, readonly Row[]>;

/** What is open to an organisation. */
export interface OpeningRow {
  readonly subject_code: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly sector: string;
  readonly kind: 'CONSENT' | 'GRANT';
  readonly item_id: string;
  readonly fields: readonly string[];
}

/** SPECIAL fields by sector, with those below them. */
const SPECIAL_FIELDS = {
  tax: ['TaxInspection.facts', 'TaxInspection.recovered', 'TaxInspection.penaltyDocument'],
  construction: ['ConstructionTender.bids', 'ConstructionBid.bidder', 'ConstructionBid.rank'],
} as const;
type GrantingSector = keyof typeof SPECIAL_FIELDS;

const ORGANISATIONS = [
  ['agency-north', 'CREDIT_REPORT'],
  ['agency-north', 'CREDIT_DECISION'],
  ['agency-south', 'CREDIT_REPORT'],
  ['office-tax', 'SUPERVISION'],
  ['business-west', 'TENDER_REVIEW'],
] as const;

/** The organisations that hold something of a known subject, whatever else is drawn. */
const CERTAIN = [
  { at: 0, by: 0, sectors: ['tax', 'environment', 'ecommerce'], grant: 'construction' },
  { at: 1, by: 0, sectors: ['tax', 'courts', 'construction'], grant: 'tax' },
  { at: 2, by: 3, sectors: [], grant: 'tax' },
  { at: 0, by: 3, sectors: [], grant: 'tax' },
] as const;

type Rows = Record<(typeof ACCESS_TABLES)[number], Row[]>;

/**
 * Draws items in every state.
 *
 * @param codes subjects, those first of which most is known
 * @param today the gateway's day: what is live ends after it
 */
export function drawAccess(random: Random, codes: readonly string[], today: string): AccessWorld {
  const rows = emptyRows();
  for (const [which, { at, by, sectors, grant }] of CERTAIN.entries()) {
    const own = random.fork(`certain ${which}`);
    const [organisation, purpose] = ORGANISATIONS[by];
    const item = { own, code: codes[at] ?? '', organisation, purpose, today };
    if (sectors.length > 0) addConsent(rows, item, sectors, 'LIVE');
    addApplication(rows, item, grant, 'LIVE');
  }
  for (let which = 0; which < 40; which += 1) {
    const own = random.fork(which);
    const [organisation, purpose] = own.pick(ORGANISATIONS);
    const item = { own, code: own.pick(codes.slice(0, 12)), organisation, purpose, today };
    if (own.chance(0.4)) {
      addConsent(rows, item, [own.pick(['tax', 'courts'])], own.pick(['LIVE', 'WITHDRAWN']));
    } else {
      const state = own.pick(['PENDING', 'AWAITING_SECOND', 'REFUSED', 'REVOKED', 'LIVE']);
      addApplication(rows, item, own.pick(['tax', 'construction']), state);
    }
  }
  return new Map(Object.entries(rows));
}

function emptyRows(): Rows {
  return Object.fromEntries(ACCESS_TABLES.map((table) => [table, []])) as unknown as Rows;
}

interface Item {
  readonly own: Random;
  readonly code: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly today: string;
}

function daysFrom(today: string, days: number): string {
  return dateOfDay(dayNumber(today) + days);
}

function hexadecimal(random: Random, length: number): string {
  return Array.from({ length }, () => random.integer(0, 15).toString(16)).join('');
}

function addConsent(
  rows: Rows,
  { own, code, organisation, purpose, today }: Item,
  sectors: readonly string[],
  state: string,
): void {
  const id = hexadecimal(own, 32);
  const until = daysFrom(today, own.integer(30, 300));
  const givenAt = `${daysFrom(today, -own.integer(20, 200))}T0${own.integer(0, 9)}:00:00.000Z`;
  const isWithdrawn = state === 'WITHDRAWN';
  const withdrawn = isWithdrawn ? `${daysFrom(today, -own.integer(1, 19))}T00:00:00.000Z` : null;
  rows.access_consents.push({
    ...{ subject_code: code, id, organisation, sectors: [...sectors].sort(), purpose, until },
    ...{ given_at: givenAt, given_by: 'subject', withdrawn_at: withdrawn },
    withdrawn_by: isWithdrawn ? 'subject' : null,
  });
  const move = { subject_code: code, item_id: id, organisation: 'subject', moved_by: 'subject' };
  rows.access_moves.push({
    ...{ ...move, version: 1, kind: 'GIVE', from_state: null, to_state: 'LIVE' },
    ...{ moved_at: givenAt, reason: null },
  });
  if (isWithdrawn) {
    rows.access_moves.push({
      ...{ ...move, version: 2, kind: 'WITHDRAW', from_state: 'LIVE', to_state: 'WITHDRAWN' },
      ...{ moved_at: withdrawn, reason: null },
    });
    return;
  }
  for (const sector of sectors) {
    const opening = { subject_code: code, organisation, purpose, sector, kind: 'CONSENT' };
    rows.access_openings.push({ ...opening, item_id: id, until, fields: [] });
  }
}

/** Adds an application with what came of it, up to a grant that is live or revoked. */
function addApplication(rows: Rows, item: Item, sector: GrantingSector, state: string): void {
  const { own, code, organisation, purpose, today } = item;
  const id = hexadecimal(own, 32);
  const fields = [...SPECIAL_FIELDS[sector]].sort();
  const until = daysFrom(today, own.integer(30, 300));
  const appliedAt = `${daysFrom(today, -own.integer(20, 200))}T1${own.integer(0, 9)}:00:00.000Z`;
  const isGranted = state === 'LIVE' || state === 'REVOKED';
  const reviews = isGranted ? 2 : state === 'PENDING' ? 0 : 1;
  rows.access_applications.push({
    ...{ subject_code: code, id, sector, fields, until, standing_fields: fields },
    ...{ standing_until: until, purpose, legal_basis: `依据 ${own.integer(1, 99)}`, organisation },
    ...{
      case_reference: `case-${own.integer(1, 999)}`,
      applicant: 'applicant',
      version: 1 + reviews,
    },
    ...{ applied_at: appliedAt, state: isGranted ? 'APPROVED' : state },
    digest: hexadecimal(own, 64),
  });
  const moves: [kind: string, from: string | null, to: string][] = [['APPLY', null, 'PENDING']];
  for (let place = 1; place <= reviews; place += 1) {
    const isRefusal = state === 'REFUSED';
    rows.access_reviews.push({
      ...{ subject_code: code, application_id: id, place, reviewer: `reviewer-${place}` },
      ...{ organisation: `office-${sector}`, decision: isRefusal ? 'REFUSE' : 'APPROVE' },
      ...{ fields: isRefusal ? [] : fields, until: isRefusal ? null : until },
      ...{ reason: `理由 ${own.integer(1, 99)}`, reviewed_at: appliedAt.replace(/T1\d/, 'T20') },
    });
    const to = isRefusal ? 'REFUSED' : place === 1 ? 'AWAITING_SECOND' : 'APPROVED';
    moves.push([isRefusal ? 'REFUSE' : 'APPROVE', place === 1 ? 'PENDING' : 'AWAITING_SECOND', to]);
  }
  addMoves(rows, item, id, appliedAt, moves);
  if (isGranted) addGrant(rows, item, { applicationId: id, sector, fields, until }, state);
}

function addGrant(
  rows: Rows,
  item: Item,
  of: {
    readonly applicationId: string;
    readonly sector: string;
    readonly fields: readonly string[];
    readonly until: string;
  },
  state: string,
): void {
  const { own, code, organisation, purpose, today } = item;
  const id = hexadecimal(own, 32);
  const { applicationId, sector, fields, until } = of;
  const grantedAt = `${daysFrom(today, -own.integer(5, 19))}T0${own.integer(0, 9)}:30:00.000Z`;
  const revokedAt =
    state === 'REVOKED' ? `${daysFrom(today, -own.integer(1, 4))}T00:00:00.000Z` : null;
  rows.access_grants.push({
    ...{ subject_code: code, id, application_id: applicationId, sector, fields, organisation },
    ...{ purpose, until, granted_at: grantedAt, revoked_at: revokedAt },
    revoked_by: revokedAt === null ? null : 'reviewer-1',
    revocation_reason: revokedAt === null ? null : `撤销 ${own.integer(1, 99)}`,
  });
  const moves: [kind: string, from: string | null, to: string][] = [['GRANT', null, 'LIVE']];
  if (revokedAt !== null) moves.push(['REVOKE', 'LIVE', 'REVOKED']);
  addMoves(rows, item, id, grantedAt, moves);
  if (revokedAt !== null) return;
  const opening = { subject_code: code, organisation, purpose, sector, kind: 'GRANT' };
  rows.access_openings.push({ ...opening, item_id: id, until, fields });
}

function addMoves(
  rows: Rows,
  { code, organisation, own }: Item,
  itemId: string,
  at: string,
  moves: readonly (readonly [kind: string, from: string | null, to: string])[],
): void {
  for (const [which, [kind, from, to]] of moves.entries()) {
    const reason = kind === 'APPLY' || kind === 'GRANT' ? null : `理由 ${own.integer(1, 99)}`;
    rows.access_moves.push({
      ...{ subject_code: code, item_id: itemId, version: which + 1, kind, from_state: from },
      ...{ to_state: to, organisation, moved_by: organisation, moved_at: at, reason },
    });
  }
}

/** Reads what is open to whom. */
export function openingsOf(access: AccessWorld): readonly OpeningRow[] {
  return (access.get('access_openings') ?? []) as unknown as readonly OpeningRow[];
}

/** Gives the rows with everything changed in which a caller has no part, in number as well. */
export function scrambleAccess(
  random: Random,
  access: AccessWorld,
  { principal }: Inquiry,
  codes: readonly string[],
  today: string,
): AccessWorld {
  const { organisation, subject, sectorsOfDuty, roles } = principal;
  const reviewed = roles.includes('REVIEWER') ? sectorsOfDuty : [];
  const concerns = (row: Row): boolean =>
    row['organisation'] === organisation ||
    row['subject_code'] === subject ||
    reviewed.includes(String(row['sector']));
  const kept = new Set<unknown>();
  const ownItems = new Set<unknown>();
  for (const table of ['access_consents', 'access_applications', 'access_grants']) {
    for (const row of access.get(table) ?? []) {
      if (!concerns(row)) continue;
      const isParty = row['organisation'] === organisation || reviewed.length > 0;
      for (const set of isParty ? [kept, ownItems] : [kept]) {
        set.add(row['id']);
        set.add(row['application_id']);
      }
    }
  }
  const other = drawAccess(random, codes, today);
  const isKept = (row: Row): boolean =>
    kept.has(row['id']) || kept.has(row['item_id']) || kept.has(row['application_id']);
  // An application is drawn with its grant: an item of a caller's own is taken from the first world.
  const strangers = new Set<unknown>();
  for (const table of ['access_consents', 'access_applications']) {
    for (const row of other.get(table) ?? []) {
      if (!concerns(row) && !kept.has(row['id']) && random.chance(0.8)) strangers.add(row['id']);
    }
  }
  for (const row of other.get('access_grants') ?? []) {
    if (strangers.has(row['application_id'])) strangers.add(row['id']);
  }
  const isStranger = (row: Row): boolean =>
    strangers.has(row['id']) ||
    (strangers.has(row['item_id']) && !kept.has(row['item_id'])) ||
    strangers.has(row['application_id']);
  return new Map(
    ACCESS_TABLES.map((table) => [
      table,
      [
        ...(access.get(table) ?? []).filter(isKept).map((row) => {
          const isOwn = [row['id'], row['item_id'], row['application_id']].some(
            (id) => id !== undefined && ownItems.has(id),
          );
          return isOwn ? row : hideReasons(random, row);
        }),
        ...(other.get(table) ?? []).filter(isStranger),
      ],
    ]),
  );
}

/** A subject sees that there is a grant on it, and not why it was asked for, given or ended. */
function hideReasons(random: Random, row: Row): Row {
  const changed = ['reason', 'revocation_reason', 'legal_basis', 'case_reference'].filter(
    (column) => typeof row[column] === 'string',
  );
  return {
    ...row,
    ...Object.fromEntries(changed.map((c) => [c, `别的 ${random.integer(1, 99)}`])),
  };
}

// What consents and grants open now. A row is there from the transaction that gives to the one that
// takes back; nothing is kept of it in a process, so that a withdrawal holds from the next request on
// every replica.
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Standing } from '../../subgraphs/kit/authority/standing.ts';
import type { Run } from './access-database.ts';
import { normaliseOrganisation } from './rules.ts';
import { statementOf } from './statements.ts';

/** What opens. */
export interface Opening {
  readonly kind: 'CONSENT' | 'GRANT';
  readonly subject: string;
  readonly id: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly sectors: readonly string[];
  readonly until: string;
  /** Fields of a grant; none for a consent. */
  readonly fields: readonly string[];
}

/** The sectors in which an organisation holds anything, for one purpose. */
export interface Holdings {
  readonly consents: ReadonlySet<string>;
  readonly grants: ReadonlySet<string>;
}

const INSERT = statementOf(
  `insert into access_openings
     (subject_code, organisation, purpose, sector, kind, item_id, until, fields)
   select :subject, :organisation, :purpose, s.sector, :kind, :id, :until::date, :fields::text[]
   from unnest(:sectors::text[]) as s(sector)`,
);

const DELETE = statementOf(
  `delete from access_openings
   where subject_code = :subject and organisation = :organisation and purpose = :purpose
     and kind = :kind and item_id = :id`,
);

/**
 * Of several consents in a sector one is enough; every grant counts, with its own fields. Read subject
 * by subject: in one join, the planner would rather read all that a large agency holds. One value goes
 * in and one column comes out, since every other costs this process time; and of a JSON text the planner
 * guesses no length, so that it plans once instead of at every call.
 */
const SELECT_STANDING = statementOf(
  `select json_build_array(a.place - 1, o.sector, o.kind, o.item_id, o.fields) as found
   from rows from (json_to_recordset(:asked::json)
     as (subject text, organisation text, purpose text, kinds text[])) with ordinality
     as a (subject, organisation, purpose, kinds, place)
   cross join lateral (
     select distinct on (o.sector, o.kind, case when o.kind = 'GRANT' then o.item_id end)
       o.sector, o.kind, o.item_id, o.fields
     from access_openings as o
     where o.subject_code = a.subject and o.organisation = a.organisation
       and o.purpose = a.purpose and o.until >= :today::date and o.kind = any(a.kinds)
     order by o.sector, o.kind, case when o.kind = 'GRANT' then o.item_id end,
       o.until desc, o.item_id
   ) as o`,
);

const SELECT_HOLDINGS = statementOf(
  `select k.kind, s.sector
   from unnest(:kinds::text[]) as k(kind)
   cross join unnest(:sectors::text[]) as s(sector)
   where exists (
     select from access_openings as o
     where o.organisation = :organisation and o.purpose = :purpose and o.kind = k.kind
       and o.sector = s.sector and o.until >= :today::date)`,
);

/** Opens what a consent or grant opens. */
export async function insertOpening(run: Run, opening: Opening): Promise<void> {
  await run(INSERT, { ...opening });
}

/** Closes it. */
export async function deleteOpening(
  run: Run,
  opening: Omit<Opening, 'sectors' | 'until' | 'fields'>,
): Promise<void> {
  await run(DELETE, { ...opening });
}

/** Whose openings count, for what. */
export interface Held {
  readonly organisation: string;
  readonly purpose: string;
  readonly kinds: readonly Opening['kind'][];
}

/** Whose openings count on one subject. */
export interface HeldOn extends Held {
  /** A credit code, normalised. */
  readonly subject: string;
}

/** Place in what was asked, sector, kind, id, fields. */
interface StandingRow {
  readonly found: readonly [number, string, Opening['kind'], string, readonly string[]];
}

/**
 * Looks up live consents and grants, of several callers at once, in one statement.
 *
 * @returns by place in `asked` and by sector; what is empty is left out
 */
export async function readStanding(
  run: Run,
  asked: readonly HeldOn[],
  today: string,
): Promise<ReadonlyMap<number, ReadonlyMap<string, readonly Standing[]>>> {
  const standing = new Map<number, Map<string, Standing[]>>();
  const values = { asked: JSON.stringify(asked), today };
  for (const { found } of await run<StandingRow>(SELECT_STANDING, values)) {
    const [place, sector, kind, id, fields] = found;
    const subject = asked[place]?.subject;
    if (subject === undefined) throw new Error('a standing was found that nobody asked for');
    const bySector = standing.get(place) ?? new Map<string, Standing[]>();
    standing.set(place, bySector);
    const ofSector = bySector.get(sector) ?? [];
    bySector.set(sector, ofSector);
    ofSector.push(kind === 'CONSENT' ? { kind, id, subject } : { kind, id, subject, fields });
  }
  return standing;
}

interface HoldingRow {
  readonly kind: Opening['kind'];
  readonly sector: string;
}

/** Looks up in which of the sectors an inquiry's organisation holds anything, in one statement. */
export async function readHoldings(
  run: Run,
  inquiry: Inquiry,
  sectors: ReadonlySet<string>,
  today: string,
): Promise<Holdings> {
  const held = heldBy(inquiry);
  const holdings = { consents: new Set<string>(), grants: new Set<string>() };
  if (held === null || sectors.size === 0) return holdings;
  const values = { ...held, sectors: [...sectors], today };
  for (const { kind, sector } of await run<HoldingRow>(SELECT_HOLDINGS, values)) {
    holdings[kind === 'CONSENT' ? 'consents' : 'grants'].add(sector);
  }
  return holdings;
}

/** No text of the database has such a character; a statement with one would fail for all its callers. */
const UNWRITABLE = /\p{C}/u;

/** Tells whose openings count for an inquiry, for what; null where none can. */
export function heldBy({ principal, purpose }: Inquiry): Held | null {
  const { tier, organisation, purposes } = principal;
  if (tier === 'ANONYMOUS' || organisation === null || UNWRITABLE.test(organisation)) return null;
  if (purpose === null || !purposes.includes(purpose)) return null;
  const kinds: readonly Opening['kind'][] = tier === 'AGENCY' ? ['CONSENT', 'GRANT'] : ['GRANT'];
  return { organisation: normaliseOrganisation(organisation), purpose, kinds };
}

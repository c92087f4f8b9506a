// What consents and grants open now. A row is there from the transaction that gives to the one that
// takes back; nothing is kept of it in a process, so that a withdrawal holds from the next request on
// every replica.
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Standing } from '../../subgraphs/kit/authority/standing.ts';
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
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
 * by subject: in one join, the planner would rather read all that a large agency holds.
 */
const SELECT_STANDING = statementOf(
  `select p.* from unnest(:codes::text[]) as c(code) cross join lateral (
     select distinct on (o.sector, o.kind, case when o.kind = 'GRANT' then o.item_id end)
       o.subject_code, o.sector, o.kind, o.item_id, o.fields
     from access_openings as o
     where o.subject_code = c.code and o.organisation = :organisation and o.purpose = :purpose
       and o.until >= :today::date and o.kind = any(:kinds::text[])
     order by o.sector, o.kind, case when o.kind = 'GRANT' then o.item_id end,
       o.until desc, o.item_id
   ) as p`,
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

interface StandingRow {
  readonly subject_code: string;
  readonly sector: string;
  readonly kind: 'CONSENT' | 'GRANT';
  readonly item_id: string;
  readonly fields: readonly string[];
}

/**
 * Looks up the live consents and grants of an inquiry on subjects, by sector, in one statement.
 * Consents count for agencies only. Without a purpose that the principal may name there are none,
 * and a text that is no credit code has none.
 */
export async function readStanding(
  run: Run,
  inquiry: Inquiry,
  codes: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, readonly Standing[]>> {
  const held = heldBy(inquiry);
  const subjects = normaliseCodes(codes);
  const standing = new Map<string, Standing[]>();
  if (held === null || subjects.length === 0) return standing;
  const rows = await run<StandingRow>(SELECT_STANDING, { ...held, codes: subjects, today });
  for (const { sector, kind, item_id: id, subject_code: subject, fields } of rows) {
    const ofSector = standing.get(sector) ?? [];
    ofSector.push(kind === 'CONSENT' ? { kind, id, subject } : { kind, id, subject, fields });
    standing.set(sector, ofSector);
  }
  return standing;
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
  for (const { kind, sector } of await run<StandingRow>(SELECT_HOLDINGS, values)) {
    holdings[kind === 'CONSENT' ? 'consents' : 'grants'].add(sector);
  }
  return holdings;
}

/** Whose openings count, for what; null where none can. */
function heldBy({ principal, purpose }: Inquiry): {
  readonly organisation: string;
  readonly purpose: string;
  readonly kinds: readonly Opening['kind'][];
} | null {
  const { tier, organisation, purposes } = principal;
  if (tier === 'ANONYMOUS' || organisation === null) return null;
  if (purpose === null || !purposes.includes(purpose)) return null;
  const kinds: readonly Opening['kind'][] = tier === 'AGENCY' ? ['CONSENT', 'GRANT'] : ['GRANT'];
  return { organisation: normaliseOrganisation(organisation), purpose, kinds };
}

function normaliseCodes(codes: readonly string[]): readonly string[] {
  const valid = new Set<string>();
  for (const code of codes) {
    const parsed = parseCreditCode(code);
    if (parsed.valid) valid.add(parsed.normalized);
  }
  return [...valid];
}

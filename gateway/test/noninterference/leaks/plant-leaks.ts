// Leaks, one of each kind, that are let open one at a time: what the random operations must find.
import { PublicError } from '../../../../subgraphs/kit/errors.ts';
import type { Pool } from '../../../../subgraphs/kit/database/pool.ts';
import { readerRole } from '../../../../subgraphs/kit/database/reader-roles.ts';
import type { Readers } from '../../../../subgraphs/kit/database/readers.ts';
import type { Resolver, Resolvers } from '../../../../subgraphs/kit/server/resolver.ts';
import type { Sector } from '../../../../subgraphs/kit/server/sector.ts';
import type { Supergraph } from '../../../supergraph/load-supergraph.ts';
import type { GraphOptions } from '../worlds/open-graph.ts';
import { interpose } from './interpose.ts';
import {
  readersOfOwner,
  weakenSector,
  weakenSupergraph,
  withoutPredicate,
} from '../../walls/weaken.ts';

/** The leaks, with what is wrong in each. */
export const LEAKS = {
  decision: 'wall 1 lets one field pass, where walls 3 and 4 do not hold it',
  envelope: 'wall 2: the envelope of another caller is used',
  predicate: 'wall 3: the predicate of one table is forgotten, where wall 4 does not hold it',
  grant: 'wall 4: one column is granted too many, where walls 1 and 3 do not hold it',
  coverage: 'coverage depends on how many rows are hidden',
  count: 'a total counts hidden rows',
  cursor: 'a cursor holds the number that the database has for a version',
  suggestion: 'a refusal suggests the name of a hidden subject',
  cache: 'what one caller was shown is kept for the next',
} as const;

/** Name of a leak. */
export type LeakName = keyof typeof LEAKS;

/** The leaks of a pair of graphs. */
export interface Planting {
  readonly options: Omit<GraphOptions, 'dataDirectory'>;
  /** Opens one leak and closes the one before. */
  readonly open: (leak: LeakName | null) => Promise<void>;
}

/** The field that the gateway and the sector take for PUBLIC; the database does not. */
const WEAK_FIELD = 'TaxCreditRating.score';

/** Plants all leaks, closed. */
export function plantLeaks(supergraph: Supergraph): Planting {
  let active: LeakName | null = null;
  const isOpen = (leak: LeakName): boolean => active === leak;
  const isWeak = (coordinate: string): boolean => coordinate === WEAK_FIELD;
  const owners: Pool[] = [];
  return {
    options: {
      gateway: { supergraph: weakenSupergraph(supergraph, isWeak) },
      replace: (sector, owner, readers) => {
        if (sector.name === 'registry') return { sector: leakyRegistry(sector, owner, isOpen) };
        if (sector.name === 'courts') return { sector: leakyCourts(sector, owner, isOpen) };
        if (sector.name !== 'tax') return {};
        owners.push(owner);
        return {
          sector: leakyTax(weakenSector(sector, isWeak), owner, isOpen),
          readers: leakyReaders(readers, owner, isOpen),
        };
      },
      between: async (sector, url) =>
        sector.name === 'tax'
          ? interpose(url, () => isOpen('envelope'))
          : { url, close: () => Promise.resolve() },
    },
    open: async (leak) => {
      if (active === 'grant') await setGrant(owners, 'revoke', 'from');
      if (leak === 'grant') await setGrant(owners, 'grant', 'to');
      active = leak;
    },
  };
}

async function setGrant(owners: readonly Pool[], verb: string, preposition: string): Promise<void> {
  for (const owner of owners) {
    const { rows } = await owner.query<{ name: string }>('select current_database() as name');
    const role = readerRole(rows[0]?.name ?? '', 'PUBLIC');
    await owner.query(`${verb} select (score) on credit_ratings ${preposition} "${role}"`);
  }
}

function leakyReaders(readers: Readers, owner: Pool, isOpen: (leak: LeakName) => boolean): Readers {
  const all = readersOfOwner(owner).of('PUBLIC');
  return {
    of: (name) => ({
      query: (statement) => {
        const { text, values } = statement;
        const given = values && { values };
        if (isOpen('decision') && text.includes('credit_ratings')) {
          return all.query({ text, ...given });
        }
        if (isOpen('predicate') && text.includes('penalties')) {
          return all.query({ text: withoutPredicate(text), ...given });
        }
        return readers.of(name).query(statement);
      },
    }),
    close: readers.close,
  };
}

type AnyResolver = Resolver<unknown, unknown>;

function resolverOf(sector: Sector, type: string, field: string): AnyResolver {
  const resolver = sector.resolvers[type]?.[field];
  if (typeof resolver !== 'function') throw new Error(`${type}.${field} has no resolver`);
  return resolver as AnyResolver;
}

function withResolvers(sector: Sector, changed: Resolvers): Sector {
  const types = Object.entries(changed).map(([type, fields]) => [
    type,
    { ...sector.resolvers[type], ...fields },
  ]);
  return {
    ...sector,
    resolvers: { ...sector.resolvers, ...Object.fromEntries(types) } as Resolvers,
  };
}

function leakyTax(sector: Sector, owner: Pool, isOpen: (leak: LeakName) => boolean): Sector {
  const coverage = resolverOf(sector, 'TaxSection', 'coverage');
  const listed = resolverOf(sector, 'Query', 'taxPenalties');
  const leaky: Record<string, Record<string, AnyResolver>> = {
    TaxSection: {
      coverage: async (...call) => {
        const told = (await coverage(...call)) as object;
        if (!isOpen('coverage')) return told;
        const { code } = call[0] as { readonly code: string };
        const text = 'select count(*) as n from penalties where subject_code = $1';
        return { ...told, higherClassesExist: (await numberOf(owner, text, [code])) > 4 };
      },
    },
    Query: {
      taxPenalties: async (...call) => {
        const page = (await listed(...call)) as object;
        if (!isOpen('count')) return page;
        return {
          ...page,
          totalCount: await numberOf(owner, 'select count(*) as n from penalties'),
        };
      },
    },
  };
  return withResolvers(sector, leaky);
}

async function numberOf(owner: Pool, text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await owner.query<{ n: string }>({ text, values });
  return Number(rows[0]?.n ?? 0);
}

function leakyCourts(sector: Sector, owner: Pool, isOpen: (leak: LeakName) => boolean): Sector {
  const changes = resolverOf(sector, 'Query', 'courtChanges');
  const leaky: AnyResolver = async (...call) => {
    const page = (await changes(...call)) as { readonly nodes: readonly ChangeLike[] };
    const last = page.nodes.at(-1);
    if (!isOpen('cursor') || !last) return page;
    const { __typename: type, id, recordedAt } = last.record;
    const table = sector.tables.find((one) => one.type === type)?.table ?? '';
    const raw = await numberOf(
      owner,
      `select version as n from ${table} where record_id = $1 and recorded_at = $2`,
      [id, recordedAt],
    );
    const text = `changes ${recordedAt} ${id} ${raw}`;
    return { ...page, endCursor: Buffer.from(text).toString('base64url') };
  };
  const kept = new Map<string, Promise<unknown>>();
  const keeping = (field: string): AnyResolver => {
    const resolve = resolverOf(sector, 'CourtSection', field);
    return (...call) => {
      if (!isOpen('cache')) return resolve(...call);
      const key = JSON.stringify([field, call[0], call[1]]);
      const known = kept.get(key) ?? Promise.resolve(resolve(...call));
      kept.set(key, known);
      return known;
    };
  };
  const lists = ['judgmentDebtorEntries', 'enforcementCases', 'spendingLimits', 'judgments'];
  return withResolvers(sector, {
    Query: { courtChanges: leaky },
    CourtSection: Object.fromEntries(lists.map((field) => [field, keeping(field)])),
  });
}

interface ChangeLike {
  readonly record: {
    readonly __typename: string;
    readonly id: string;
    readonly recordedAt: string;
  };
}

function leakyRegistry(sector: Sector, owner: Pool, isOpen: (leak: LeakName) => boolean): Sector {
  const subject = resolverOf(sector, 'Query', 'subject');
  const leaky: AnyResolver = async (...call) => {
    const found = await subject(...call);
    if (found !== null || !isOpen('suggestion')) return found;
    const { code } = call[1] as { readonly code: string };
    const { rows } = await owner.query<{ name: string }>({
      text: 'select name from registrations where subject_code >= $1 order by subject_code limit 1',
      values: [code],
    });
    throw new PublicError('BAD_USER_INPUT', `Did you mean ${rows[0]?.name ?? 'nobody'}?`);
  };
  return withResolvers(sector, { Query: { subject: leaky } });
}

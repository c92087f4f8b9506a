// The tables of recorded operations: counts are added to them in one statement, and days that are over
// are taken out.
import type { QueryTier } from '../../subgraphs/kit/authority/principal.ts';
import type { Pool } from '../../subgraphs/kit/database/pool.ts';

/** How often one operation was asked on one day by callers of one tier. */
export interface OperationCount {
  readonly hash: string;
  readonly text: string;
  /** Legal day, ISO date. */
  readonly day: string;
  readonly tier: QueryTier;
  readonly count: number;
}

/** What is kept of recorded operations. */
export interface UsageStore {
  /** Lists the hashes that have a count on a day, at most so many. */
  readonly hashesOn: (day: string, limit: number) => Promise<readonly string[]>;
  /** Adds counts: all of them or none. */
  readonly add: (counts: readonly OperationCount[]) => Promise<void>;
  /** Drops the counts of days before this one, and operations that have none any more. */
  readonly dropBefore: (day: string) => Promise<void>;
}

const HASHES = `
  select distinct operation_hash from recorded_operation_days where used_on = $1::date limit $2`;

// Several gateways add at once: rows in one order for all of them keep two from waiting for each other.
const ADD = `
  with given as (
    select * from unnest($1::text[], $2::text[], $3::date[], $4::text[], $5::bigint[])
      as g (operation_hash, operation_text, used_on, tier, count)
    order by operation_hash, used_on, tier
  ), known as (
    insert into recorded_operations (operation_hash, operation_text)
    select distinct operation_hash, operation_text from given order by 1
    on conflict (operation_hash) do nothing
  )
  insert into recorded_operation_days as d (operation_hash, used_on, tier, count)
  select operation_hash, used_on, tier, count from given
  on conflict (operation_hash, used_on, tier) do update set count = d.count + excluded.count`;

const DROP = `
  with dropped as (
    delete from recorded_operation_days where used_on < $1::date returning operation_hash
  )
  delete from recorded_operations o
  where o.operation_hash in (select operation_hash from dropped)
    and not exists (select from recorded_operation_days d
      where d.operation_hash = o.operation_hash and d.used_on >= $1::date)`;

/** Keeps recorded operations in the gateway's database, whose tables are there. */
export function usageStore(pool: Pool): UsageStore {
  return {
    hashesOn: async (day, limit) => {
      const { rows } = await pool.query<{ operation_hash: string }>(HASHES, [day, limit]);
      return rows.map((row) => row.operation_hash);
    },
    add: async (counts) => {
      const columns = (['hash', 'text', 'day', 'tier', 'count'] as const).map((name) =>
        counts.map((count) => count[name]),
      );
      await pool.query(ADD, columns);
    },
    dropBefore: async (day) => {
      await pool.query(DROP, [day]);
    },
  };
}

// A process that sends recorded statements through pools like those of the subgraphs, and nothing
// else: what the database and its client need by themselves.
import { openPool, type Pool } from '../../../subgraphs/kit/database/pool.ts';
import type { RecordedStatement } from '../processes/agent.ts';

/** Where the databases are. */
export interface SqlTarget {
  /** Addresses by name of database. */
  readonly urls: Readonly<Record<string, string>>;
  /** Connections to each. */
  readonly connectionsMax: number;
}

/** Statements to send. */
export type SqlLoad =
  | {
      /** Sends all statements of a unit at once, so many times, some at the same time. */
      readonly kind: 'sql-load';
      readonly target: SqlTarget;
      readonly unit: readonly RecordedStatement[];
      readonly concurrency: number;
      readonly amount: number;
    }
  | {
      /** Sends each unit once, its statements one after the other. */
      readonly kind: 'sql-replay';
      readonly target: SqlTarget;
      readonly units: readonly (readonly RecordedStatement[])[];
    };

/** What was measured. */
export interface SqlFigures {
  /** Of each unit, milliseconds. */
  readonly latencies: Float64Array;
  readonly seconds: number;
}

/** The answer to a load. */
export type SqlLoadReply =
  | { readonly kind: 'figures'; readonly figures: SqlFigures }
  | { readonly kind: 'failed'; readonly reason: string };

const pools = new Map<string, Pool>();

process.on('message', (message: SqlLoad & { readonly number: number }) => {
  // The agent is sent messages, too.
  if (!['sql-load', 'sql-replay'].includes(message.kind)) return;
  run(message)
    .then((figures): SqlLoadReply => ({ kind: 'figures', figures }))
    .catch((error: unknown): SqlLoadReply => ({ kind: 'failed', reason: String(error) }))
    .then((reply) => process.send?.({ number: message.number, ...reply }))
    .catch(() => process.exit(1));
});
for (const signal of ['SIGTERM', 'disconnect'] as const) process.once(signal, () => process.exit());
// The agent lets a process end that only waits to be asked; this one does nothing else.
process.channel?.ref();
process.send?.({ kind: 'ready' });

async function run(load: SqlLoad): Promise<SqlFigures> {
  const latencies: number[] = [];
  const started = performance.now();
  const timed = async (work: () => Promise<unknown>): Promise<void> => {
    const begun = performance.now();
    await work();
    latencies.push(performance.now() - begun);
  };
  if (load.kind === 'sql-replay') {
    for (const unit of load.units) {
      await timed(async () => {
        for (const statement of unit) await send(load.target, statement);
      });
    }
  } else {
    let left = load.amount;
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await timed(() => Promise.all(load.unit.map((statement) => send(load.target, statement))));
      }
    };
    await Promise.all(Array.from({ length: load.concurrency }, worker));
  }
  return {
    latencies: Float64Array.from(latencies),
    seconds: (performance.now() - started) / 1_000,
  };
}

function send(target: SqlTarget, { database, name, text, values, isKeyed }: RecordedStatement) {
  const query = { text, values: [...values], ...(name !== undefined && { name }) };
  return poolOf(target, database, isKeyed).query(query);
}

/** Sessions that plan as those of the subgraph do: once, or as the server thinks best. */
function poolOf({ urls, connectionsMax }: SqlTarget, database: string, isKeyed: boolean): Pool {
  const key = `${database} ${String(isKeyed)}`;
  const found = pools.get(key);
  if (found) return found;
  const url = urls[database];
  if (url === undefined) throw new Error(`no address of the database ${database}`);
  const address = new URL(url);
  if (isKeyed) address.searchParams.append('options', '-c plan_cache_mode=force_generic_plan');
  const pool = openPool(address.href, {
    name: 'bench',
    connectionsMax,
    onIdleError: () => undefined,
  });
  pools.set(key, pool);
  return pool;
}

// The two processes that make load, as the workloads call them.
import { startProcess, type MeasuredProcess } from '../processes/process.ts';
import type { WorkloadContext } from '../workload.ts';
import type { HttpFigures, HttpLoad, HttpLoadReply } from './http-load.ts';
import type { SqlFigures, SqlLoad, SqlLoadReply } from './sql-load.ts';

/** Makes load over HTTP. */
export interface HttpLoader {
  /** @throws Error when one answer was not what it should be */
  readonly load: (load: HttpLoad) => Promise<HttpFigures>;
}

/** Makes load on databases. */
export interface SqlLoader {
  readonly process: MeasuredProcess;
  readonly load: (load: SqlLoad) => Promise<SqlFigures>;
}

const READY_MS = 30_000;
const LOAD_MS = 10 * 60_000;

/** Starts the process that makes load over HTTP. */
export async function startHttpLoader(context: WorkloadContext): Promise<HttpLoader> {
  const process = await startLoader(context, 'http-load');
  return {
    load: async (load) => {
      const message = { ...load, kind: 'http-load' };
      return figuresOf(await process.call<HttpLoadReply>(message, LOAD_MS));
    },
  };
}

/** Starts the process that makes load on databases. */
export async function startSqlLoader(context: WorkloadContext): Promise<SqlLoader> {
  const process = await startLoader(context, 'sql-load');
  return {
    process,
    load: async (load) => {
      return figuresOf(await process.call<SqlLoadReply>(load, LOAD_MS));
    },
  };
}

async function startLoader(
  { folder, scope }: WorkloadContext,
  name: string,
): Promise<MeasuredProcess> {
  const process = await startProcess({
    name,
    script: `gateway/bench/load/${name}.ts`,
    folder,
    scope,
  });
  await process.waitFor('ready', READY_MS);
  return process;
}

function figuresOf<Figures>(
  reply:
    | { readonly kind: 'figures'; readonly figures: Figures }
    | { readonly kind: 'failed'; readonly reason: string },
): Figures {
  if (reply.kind === 'failed') throw new Error(reply.reason);
  return reply.figures;
}

// Searches by name in a large register: over HTTP at the subgraph, and the SQL of the same searches.
import pg from 'pg';
import { loadSampleSource } from '../../../subgraphs/kit/cli/samples.ts';
import { createPopulation, SAMPLE_POPULATION } from '../../../subgraphs/kit/samples/population.ts';
import type { RecordedStatement } from '../processes/agent.ts';
import { anonymousEnvelope } from '../graph/anonymous-envelope.ts';
import { ask, bodyOf } from '../graph/ask.ts';
import type { Cell, Figures } from '../figures/figures.ts';
import { databaseOf, openCluster, startSubgraphs } from '../graph/graph.ts';
import { makeInput } from '../graph/inputs.ts';
import { startHttpLoader, startSqlLoader, type HttpLoader } from '../load/loaders.ts';
import { drawSearches, SEARCH_KINDS, SEARCH_OPERATION, type Search } from '../graph/searches.ts';
import { importFiles } from '../graph/sector-import.ts';
import { median, quantile } from '../figures/statistics.ts';
import type { Workload, WorkloadContext } from '../workload.ts';

const P99_MS_MAX = 20;
const WARM_UP_SEARCHES = 300;
const MANY_CONNECTIONS = 8;
/** Sent with one envelope: at 40 ms each, which is far from the goal, its minute is not yet over. */
const ENVELOPE_SEARCHES = 1_200;
const REGISTRY = 'registry';

/** Where searches are sent. */
interface Target {
  readonly http: HttpLoader;
  readonly url: string;
  readonly envelope: () => Promise<Readonly<Record<string, string>>>;
}

/** Measures the search. */
export const searchWorkload: Workload = async (context) => {
  const { subjects, searches: count } = context.options;
  const population = createPopulation({ ...SAMPLE_POPULATION, size: subjects });
  const cluster = await openCluster(context);
  const load = await loadRegistry(context, subjects);
  const databaseUrl = cluster.url(databaseOf(REGISTRY));
  const names = await prepareTables(databaseUrl);

  const subgraphs = await startSubgraphs(context, cluster, [REGISTRY]);
  const url = subgraphs.urls[REGISTRY] ?? '';
  const http = await startHttpLoader(context);
  const target = { http, url, envelope: () => anonymousEnvelope(context.dataFolder, REGISTRY) };
  const searches = drawSearches(population, 'measured', count);
  context.say('searching');
  // Other searches than those that are measured: these warm the server, not their own answers.
  await send(target, drawSearches(population, 'warm-up', WARM_UP_SEARCHES), 1);
  const alone = await send(target, searches, 1);
  const together = await send(
    target,
    drawSearches(population, 'together', count),
    MANY_CONNECTIONS,
  );

  context.say('recording the SQL of the searches, and sending it alone');
  const units: (readonly RecordedStatement[])[] = [];
  await subgraphs.process.record();
  for (const part of partsOf(searches)) {
    const envelope = await target.envelope();
    for (const search of part) {
      await ask(url, bodyOfSearch(search), envelope);
      units.push(await subgraphs.process.take());
    }
  }
  const sql = await (
    await startSqlLoader(context)
  ).load({
    kind: 'sql-replay',
    target: { urls: { [databaseOf(REGISTRY)]: databaseUrl }, connectionsMax: 1 },
    units,
  });
  return {
    setting: [
      `${subjects.toLocaleString('en-GB')} subjects with ${names.toLocaleString('en-GB')} names, ` +
        `loaded by the import in ${load.seconds.toFixed(0)} s (${load.rowsPerSecond.toFixed(0)} ` +
        `rows/s, peak memory ${load.peakMegabytes.toFixed(0)} MB), then vacuumed, analysed and written to disk.`,
      `${count} searches, one after the other, a page of 20 each, at the subgraph of the registry; ` +
        '“SQL” is the time of the statements of the same searches alone, one after the other.',
    ],
    tables: [tableOf(searches, alone, sql.latencies), tableTogether(together)],
    goals: [
      {
        what: 'p99 of all searches, over HTTP',
        measured: quantile(alone, 0.99),
        unit: 'ms',
        limit: P99_MS_MAX,
        kind: 'at most',
      },
    ],
  };
};

async function loadRegistry(
  context: WorkloadContext,
  subjects: number,
): Promise<{ seconds: number; rowsPerSecond: number; peakMegabytes: number }> {
  const population = createPopulation({ ...SAMPLE_POPULATION, size: subjects });
  const files: string[] = [];
  for (const file of (await loadSampleSource(REGISTRY))(population)) {
    // A workbook of this size does not fit into memory; its rows are as good in a text file.
    const fileName = file.fileName.replace(/\.xlsx$/, '.csv');
    const kind = file.kind === 'xlsx' ? 'csv' : file.kind;
    files.push(await makeInput(context, { ...file, fileName, kind }, subjects));
  }
  context.say('importing the registry');
  const { receipts, peakBytes } = await importFiles(context, 'import-registry', REGISTRY, files);
  const seconds = receipts.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1_000;
  const rows = receipts.reduce((sum, { inserted }) => sum + inserted, 0);
  return { seconds, rowsPerSecond: rows / seconds, peakMegabytes: peakBytes / 1_000_000 };
}

/** Does at once what the server does by itself some minutes after a load; returns how many names. */
async function prepareTables(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('vacuum analyze');
    await client.query('checkpoint');
    const { rows } = await client.query<{ names: number }>(
      'select count(*)::int as names from subject_names',
    );
    return rows[0]?.names ?? 0;
  } finally {
    await client.end();
  }
}

/** Returns the latencies, those of one connection in the order of the searches. */
async function send(
  { http, url, envelope }: Target,
  searches: readonly Search[],
  connections: number,
): Promise<Float64Array> {
  const all: number[] = [];
  for (const part of partsOf(searches)) {
    const bodies = part.map(bodyOfSearch);
    const { latencies, withErrors } = await http.load({
      url,
      bodies,
      connections,
      amount: bodies.length,
      headers: await envelope(),
    });
    if (latencies.length !== bodies.length || withErrors > 0) {
      throw new Error(`of ${bodies.length} searches, ${withErrors} were answered with an error`);
    }
    all.push(...latencies);
  }
  return Float64Array.from(all);
}

/** Cuts searches into parts that are answered while an envelope is valid. */
function partsOf(searches: readonly Search[]): (readonly Search[])[] {
  return Array.from({ length: Math.ceil(searches.length / ENVELOPE_SEARCHES) }, (_, part) =>
    searches.slice(part * ENVELOPE_SEARCHES, (part + 1) * ENVELOPE_SEARCHES),
  );
}

function bodyOfSearch({ variables }: Search): string {
  return bodyOf(SEARCH_OPERATION, variables);
}

function tableOf(
  searches: readonly Search[],
  http: Float64Array,
  sql: Float64Array,
): Figures['tables'][number] {
  const rowOf = (name: string, isWanted: (kind: string) => boolean): readonly Cell[] => {
    const own = [http, sql].map((latencies) =>
      latencies.filter((_, at) => isWanted(searches[at]?.kind ?? '')),
    );
    return [name, own[0]?.length ?? 0, ...own.flatMap(spread)];
  };
  return {
    title: 'One connection, ms',
    columns: ['search', 'count', 'p50', 'p99', 'max', 'SQL p50', 'SQL p99', 'SQL max'],
    rows: [
      rowOf('all', () => true),
      ...SEARCH_KINDS.map((kind) => rowOf(kind, (found) => found === kind)),
    ],
  };
}

function tableTogether(latencies: Float64Array): Figures['tables'][number] {
  return {
    title: `${MANY_CONNECTIONS} connections, ms`,
    columns: ['search', 'count', 'p50', 'p99', 'max'],
    rows: [['all', latencies.length, ...spread(latencies)]],
  };
}

function spread(latencies: Float64Array): number[] {
  return [median(latencies), quantile(latencies, 0.99), quantile(latencies, 1)];
}

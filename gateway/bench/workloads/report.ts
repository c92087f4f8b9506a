// The report of one enterprise, asked again and again: of the graph, of an unmodified Apollo gateway
// over the same sectors, and as the plain SQL that it needs.
import assert from 'node:assert/strict';
import { READER_CONNECTIONS_MAX } from '../../../subgraphs/kit/database/readers.ts';
import type { RecordedStatement } from '../processes/agent.ts';
import { ask, bodyOf } from '../graph/ask.ts';
import type { Cell, Figures } from '../figures/figures.ts';
import {
  databaseOf,
  fillWithSamples,
  openCluster,
  readReport,
  startGateway,
  startSubgraphs,
  type RunningGateway,
  type Subgraphs,
} from '../graph/graph.ts';
import { startHttpLoader, startSqlLoader } from '../load/loaders.ts';
import type { SqlTarget } from '../load/sql-load.ts';
import type { MeasuredProcess } from '../processes/process.ts';
import { median, quantile } from '../figures/statistics.ts';
import type { Workload, WorkloadContext } from '../workload.ts';

/** Connections at the same time. */
const CONNECTIONS = [1, 8, 50] as const;

/** As the subgraphs have by default: SUBGRAPH_DATABASE_CONNECTIONS. */
const DATABASE_CONNECTIONS = READER_CONNECTIONS_MAX;

/** Requests before anything is measured. */
const WARM_UP_REQUESTS = 400;
const WARM_UP_CONNECTIONS = 8;

/** Requests for each connection, by which the length of the turns is found. */
const TRIAL_REQUESTS = 5;

/** What one turn in a round came to. */
interface Turn {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  /** CPU of the process that is compared, milliseconds for each request. */
  readonly cpuMs: number;
  /** Share of answers with errors beside the data. */
  readonly withErrors: number;
  /** CPU of the subgraphs; 0 where they are not asked. */
  readonly subgraphCpuMs: number;
}

/** One of those that take turns. */
interface Contender {
  readonly name: string;
  readonly take: (connections: number, amount: number) => Promise<Turn>;
}

/** Measures the report. */
export const reportWorkload: Workload = async (context) => {
  const { options, say } = context;
  const cluster = await openCluster(context);
  await fillWithSamples(context, cluster);
  const body = bodyOf(await readReport());

  say('recording the statements of the report');
  const unit = await recordStatements(context, await startSubgraphs(context, cluster), body);

  const subgraphs = await startSubgraphs(context, cluster);
  const gateway = await startGateway(context, subgraphs, 'gateway');
  const peer = await startGateway(
    context,
    subgraphs,
    'apollo-gateway',
    'gateway/bench/peers/plain-gateway.ts',
  );
  const bytes = await compareAnswers(gateway, peer, body);

  const contenders = await enter(context, subgraphs, { gateway, peer }, body, unit);
  say('warming up');
  for (const { take } of contenders) await take(WARM_UP_CONNECTIONS, WARM_UP_REQUESTS);
  const turns = await takeTurns(context, contenders);
  return {
    setting: [
      `The operation is gateway/playground/examples/1-report.graphql; its answer has ${bytes} bytes ` +
        `and needs ${unit.length} statements in ${new Set(unit.map((s) => s.database)).size} databases.`,
      `Each of the three takes turns of about ${options.turnSeconds} s, ${options.rounds} rounds for each ` +
        'number of connections; a figure is the median of its rounds, a ratio that of two medians.',
      '“Plain SQL” sends the statements of the report, with their values, through pools like those ' +
        'of the subgraphs, all at once, and reads the rows: the least that an answer can take. ' +
        '“Apollo” is @apollo/gateway in @apollo/server with the default data source, over the same ' +
        'subgraphs and the same supergraph; its answers were compared with ours.',
    ],
    tables: tablesOf(contenders, turns),
    goals: [],
  };
};

/** Asks twice, since the first answer may need more than later ones, and notes the second. */
async function recordStatements(
  context: WorkloadContext,
  subgraphs: Subgraphs,
  body: string,
): Promise<readonly RecordedStatement[]> {
  const gateway = await startGateway(context, subgraphs, 'recording-gateway');
  await ask(gateway.url, body);
  await subgraphs.process.record();
  await ask(gateway.url, body);
  const statements = await subgraphs.process.take();
  await gateway.process.stop();
  await subgraphs.process.stop();
  return statements;
}

/** Returns the size of the answer, which both must give alike. */
async function compareAnswers(
  gateway: RunningGateway,
  peer: RunningGateway,
  body: string,
): Promise<number> {
  const [own, other] = await Promise.all([ask(gateway.url, body), ask(peer.url, body)]);
  assert.deepEqual(withoutInstants(own.data), withoutInstants(other.data));
  return Buffer.byteLength(own.text);
}

/** Instants of the answer itself differ from one answer to the next. */
function withoutInstants(data: object): unknown {
  return JSON.parse(
    JSON.stringify(data, (key, value: unknown) => (key === 'checkedAt' ? null : value)),
  ) as unknown;
}

async function enter(
  context: WorkloadContext,
  subgraphs: Subgraphs,
  gateways: { readonly gateway: RunningGateway; readonly peer: RunningGateway },
  body: string,
  unit: readonly RecordedStatement[],
): Promise<readonly Contender[]> {
  const http = await startHttpLoader(context);
  const sql = await startSqlLoader(context);
  const overHttp = ({ process, url }: RunningGateway): Contender['take'] => {
    return (connections, amount) =>
      measure(process, subgraphs.process, () =>
        http.load({ url, bodies: [body], connections, amount }),
      );
  };
  const databases = Object.keys(subgraphs.urls).map(databaseOf);
  const target: SqlTarget = {
    urls: Object.fromEntries(databases.map((name) => [name, subgraphs.cluster.url(name)])),
    connectionsMax: DATABASE_CONNECTIONS,
  };
  return [
    { name: 'graph', take: overHttp(gateways.gateway) },
    {
      name: 'plain SQL',
      take: (concurrency, amount) =>
        measure(sql.process, subgraphs.process, () =>
          sql.load({ kind: 'sql-load', target, unit, concurrency, amount }),
        ),
    },
    { name: 'Apollo', take: overHttp(gateways.peer) },
  ];
}

interface Load {
  readonly latencies: Float64Array;
  readonly seconds: number;
  readonly withErrors?: number;
}

async function measure(
  compared: MeasuredProcess,
  subgraphs: MeasuredProcess,
  load: () => Promise<Load>,
): Promise<Turn> {
  const before = await Promise.all([compared.usage(), subgraphs.usage()]);
  const { latencies, seconds, withErrors = 0 } = await load();
  const after = await Promise.all([compared.usage(), subgraphs.usage()]);
  const cpuOf = (at: 0 | 1): number => (after[at].cpuMs - before[at].cpuMs) / latencies.length;
  return {
    p50: median(latencies),
    p99: quantile(latencies, 0.99),
    perSecond: latencies.length / seconds,
    withErrors: withErrors / latencies.length,
    cpuMs: cpuOf(0),
    subgraphCpuMs: cpuOf(1),
  };
}

type Turns = ReadonlyMap<number, ReadonlyMap<string, readonly Turn[]>>;

/**
 * Whatever slows the machine down for a while meets all of them, since they take short turns. A turn
 * is a number of requests: at the end of a time some would be left half done, and their CPU counted.
 */
async function takeTurns(
  { options, say }: WorkloadContext,
  contenders: readonly Contender[],
): Promise<Turns> {
  const all = new Map<number, Map<string, Turn[]>>();
  for (const connections of CONNECTIONS) {
    const turns = new Map(contenders.map(({ name }): [string, Turn[]] => [name, []]));
    all.set(connections, turns);
    say(`${connections} connections: a trial`);
    const amounts = new Map<string, number>();
    for (const { name, take } of contenders) {
      const { perSecond } = await take(connections, connections * TRIAL_REQUESTS);
      const wanted = Math.ceil(perSecond * options.turnSeconds);
      amounts.set(name, Math.max(wanted, connections * TRIAL_REQUESTS));
    }
    for (let round = 1; round <= options.rounds; round += 1) {
      say(`${connections} connections: round ${round} of ${options.rounds}`);
      for (const { name, take } of contenders) {
        turns.get(name)?.push(await take(connections, amounts.get(name) ?? 0));
      }
    }
  }
  return all;
}

function tablesOf(contenders: readonly Contender[], turns: Turns): Figures['tables'] {
  const middle = (connections: number, name: string, figure: keyof Turn): number =>
    median((turns.get(connections)?.get(name) ?? []).map((turn) => turn[figure]));
  const figures = CONNECTIONS.flatMap((connections) =>
    contenders.map(({ name }): readonly Cell[] => [
      `${name}, ${connections}`,
      ...(['p50', 'p99', 'perSecond', 'withErrors', 'cpuMs'] as const).map((f) =>
        middle(connections, name, f),
      ),
      name === 'plain SQL' ? null : middle(connections, name, 'subgraphCpuMs'),
    ]),
  );
  const ratio = (connections: number, other: string, figure: keyof Turn): number =>
    middle(connections, 'graph', figure) / middle(connections, other, figure);
  return [
    {
      title: 'Figures',
      columns: [
        'who, connections',
        'p50 ms',
        'p99 ms',
        'requests/s',
        'with errors',
        'own CPU ms/request',
        'subgraph CPU ms/request',
      ],
      rows: figures,
    },
    {
      title: 'The graph by comparison (below 1 is faster or less, for requests/s slower)',
      columns: [
        'connections',
        'p50 to plain SQL',
        'p50 to Apollo',
        'p99 to Apollo',
        'requests/s to Apollo',
        'gateway CPU to Apollo',
      ],
      rows: CONNECTIONS.map((connections) => [
        String(connections),
        ratio(connections, 'plain SQL', 'p50'),
        ratio(connections, 'Apollo', 'p50'),
        ratio(connections, 'Apollo', 'p99'),
        ratio(connections, 'Apollo', 'perSecond'),
        ratio(connections, 'Apollo', 'cpuMs'),
      ]),
    },
  ];
}

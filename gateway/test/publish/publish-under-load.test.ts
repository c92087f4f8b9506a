// Fifty publishes under constant load: every caller gets the one right answer to every request, by the
// graph of before or by the new one, and a graph that does not open changes nothing.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeSubgraphs } from '../../../subgraphs/kit/composition/compose.ts';
import { graphOf, withSubgraph } from '../../../subgraphs/kit/composition/published/next-graph.ts';
import { withPublished } from '../../../subgraphs/kit/composition/published/published-graphs.ts';
import { readJournal } from '../../../subgraphs/kit/composition/published/journal.ts';
import { writeFileWhole } from '../../../subgraphs/kit/composition/published/write-file.ts';
import { parseSubgraph, type SubgraphText } from '../../../subgraphs/kit/composition/subgraph.ts';
import { createTestDatabase } from '../../../subgraphs/kit/database/test-database.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { signDevelopmentToken } from '../../authentication/development/issuer.ts';
import type { ServedState } from '../../served-graph.ts';
import { startGateway } from '../../server.ts';
import { generationOf } from '../../supergraph/load-supergraph.ts';
import { FIXTURE_SCHEMAS, type FixtureName } from '../fixture/schemas.ts';
import { startFixture } from '../fixture/start-fixture.ts';
import { CODE, OTHER_CODE, testConfig } from '../graph-under-test.ts';
import { startLoad, type LoadCase } from './constant-load.ts';

const PUBLISHES = 50;
const BROKEN_AT = 25;
const CONCURRENCY = 6;
const ORDER: readonly FixtureName[] = ['registry', 'tax', 'courts'];

const REPORT = `query Report($code: CreditCode!, $first: Int! = 2) {
  subject(code: $code) {
    code
    name
    tax { coverage { status upToClass } penalties(first: $first) { totalCount nodes { id amount } } }
    courts { note }
  }
}`;
const LATEST = `{ subject(code: "${CODE}") { tax { latest { id } } } }`;
const SECTION = '{ __type(name: "TaxSection") { description } }';

/** The schema of tax as it is published for the n-th time: it says so, and every other time is strict. */
function taxOf(count: number): string {
  const label = count % 2 === 1 ? ' @requiresScopes(scopes: [["credit:agency"]])' : '';
  return FIXTURE_SCHEMAS.tax
    .replace('latest: CreditRecord', `latest: CreditRecord${label}`)
    .replace('type TaxSection', `"Published ${count}" type TaxSection`);
}

function reportOf(code: string, first: number): object {
  const nodes = [1, 2, 3].slice(0, first).map((n) => ({ id: `penalty-${n}`, amount: n * 100 }));
  const coverage = { status: 'CHECKED', upToClass: 'PUBLIC' };
  const tax = { coverage, penalties: { totalCount: 3, nodes } };
  const name = `Subject ${code.slice(-4)}`;
  return { data: { subject: { code, name, tax, courts: { note: 'nothing special' } } } };
}

/** What may be served: since the last time it was looked at, and at most what has been written. */
interface Progress {
  served: number;
  written: number;
}

function always(body: object): LoadCase['begin'] {
  return () => (status, answered) => {
    assert.equal(status, 200);
    assert.deepEqual(answered, body);
  };
}

function casesOf(progress: Progress, agency: Readonly<Record<string, string>>): LoadCase[] {
  const latest = { data: { subject: { tax: { latest: { id: 'penalty-9' } } } } };
  const isStrict = (count: number): boolean => count % 2 === 1;
  return [
    {
      name: 'report of anybody',
      headers: {},
      query: REPORT,
      variables: { code: CODE },
      begin: always(reportOf(CODE, 2)),
    },
    {
      name: 'report of an agency',
      headers: agency,
      query: REPORT,
      variables: { code: OTHER_CODE, first: 3 },
      begin: always(reportOf(OTHER_CODE, 3)),
    },
    { name: 'latest of an agency', headers: agency, query: LATEST, begin: always(latest) },
    {
      name: 'latest of anybody',
      headers: {},
      query: LATEST,
      begin: () => {
        const { served } = progress;
        return (_status, answered) => {
          const possible = new Set<boolean>();
          for (let n = served; n <= progress.written; n += 1) possible.add(isStrict(n));
          const { errors, data } = answered as {
            errors?: { extensions: unknown }[];
            data?: object;
          };
          assert.ok(possible.has(errors !== undefined), JSON.stringify(answered));
          if (!errors) assert.deepEqual(answered, latest);
          else assert.equal(data, undefined);
        };
      },
    },
    {
      name: 'schema of anybody',
      headers: {},
      query: SECTION,
      begin: () => {
        const { served } = progress;
        return (status, answered) => {
          assert.equal(status, 200);
          const { data } = answered as { data: { __type: { description: string } } };
          const count = Number(/^Published (\d+)$/.exec(data.__type.description)?.[1]);
          assert.ok(count >= served && count <= progress.written, `${count} of ${served}..`);
        };
      },
    },
  ];
}

test('publishes fifty times under load, and fails or misleads nobody', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'credit-publish-'));
  const fixture = await startFixture();
  const database = await createTestDatabase('gateway');
  const textOf = (name: FixtureName, text: string): SubgraphText => ({
    name,
    routingUrl: fixture.urlOf(name),
    file: `${name}.graphql`,
    text,
  });
  const place = {
    directory: join(directory, 'published'),
    file: join(directory, 'supergraph.graphql'),
  };
  const first = ORDER.map((name) =>
    parseSubgraph(textOf(name, name === 'tax' ? taxOf(0) : FIXTURE_SCHEMAS[name])),
  );
  const { supergraph } = graphOf(first, composeSubgraphs(first, '/').sdl);
  await writeFile(place.file, supergraph);
  const data = join(directory, 'data');
  const token = await signDevelopmentToken(data, 'agency', 3_600);
  const gateway = await startGateway(
    testConfig({
      DATA_DIR: data,
      DATABASE_URL_GATEWAY: database.url,
      SUPERGRAPH_FILE: place.file,
      SUPERGRAPH_POLL_MS: '100',
    }),
    { log: createLog('gateway', 'silent') },
  );
  t.after(async () => {
    await gateway.stop();
    await fixture.stop();
    await database.drop();
    await rm(directory, { recursive: true });
  });
  const stateOf = async (): Promise<ServedState> => {
    const response = await fetch(new URL('/health/ready', gateway.url));
    return ((await response.json()) as { supergraph: ServedState }).supergraph;
  };
  const until = async (isMet: (state: ServedState) => boolean): Promise<ServedState> => {
    const deadlineMs = performance.now() + 30_000;
    for (;;) {
      const state = await stateOf();
      if (isMet(state)) return state;
      assert.ok(performance.now() < deadlineMs, JSON.stringify(state));
      await sleep(10);
    }
  };
  const publish = (count: number): Promise<string> =>
    withPublished(
      place,
      () => Promise.resolve(first),
      { purpose: 'test', deadlineMs: 30_000 },
      async (record) => {
        const texts = withSubgraph(record.current, textOf('tax', taxOf(count)), ORDER);
        const parsed = texts.map(parseSubgraph);
        const graph = graphOf(parsed, composeSubgraphs(parsed, '/').sdl);
        const entry = await record.publish(graph, {
          kind: 'published',
          sector: 'tax',
          widenings: [],
          migrations: {},
        });
        return entry.generation;
      },
    );

  const progress: Progress = { served: 0, written: 0 };
  const agency = { authorization: `Bearer ${token}`, 'credit-purpose': 'CREDIT_REPORT' };
  const load = startLoad(gateway.url, casesOf(progress, agency), CONCURRENCY);
  const tookMs: number[] = [];
  for (let count = 1; count <= PUBLISHES; count += 1) {
    if (count === BROKEN_AT) {
      const good = await readFile(place.file, 'utf8');
      const broken = good.replaceAll('join__Graph', 'join__Broken');
      const before = (await stateOf()).generation;
      await writeFileWhole(place.file, broken);
      const { generation, refused } = await until((state) => state.refused !== null);
      assert.equal(generation, before);
      assert.equal(refused?.generation, generationOf(broken));
      await writeFileWhole(place.file, good);
      await until((state) => state.refused === null);
      progress.written = count;
      continue;
    }
    progress.written = count;
    const beganMs = performance.now();
    const generation = await publish(count);
    await until((state) => state.generation === generation);
    tookMs.push(performance.now() - beganMs);
    progress.served = count;
  }
  const { requests, failures, slowestMs } = await load.end();
  tookMs.sort((a, b) => a - b);
  const seconds = (ms = 0): string => (ms / 1000).toFixed(2);
  t.diagnostic(
    `${requests} requests, ${failures.length} failed or wrong, slowest ${seconds(slowestMs)} s; ` +
      `publish to served: median ${seconds(tookMs[tookMs.length >> 1])} s, ` +
      `longest ${seconds(tookMs.at(-1))} s`,
  );
  assert.deepEqual(failures, []);
  assert.ok(requests > PUBLISHES * CONCURRENCY, String(requests));
  assert.equal((await readJournal(place.directory)).length, PUBLISHES);
});

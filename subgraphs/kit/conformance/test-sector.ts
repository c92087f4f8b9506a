// A sector as its tests see it: a database of its own, migrated, filled by the real import, and
// answering over real HTTP.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWTVerifyGetKey } from 'jose';
import { ENVELOPE_HEADER } from '../authority/envelope.ts';
import { openPool, type Pool } from '../database/pool.ts';
import type { Readers } from '../database/readers.ts';
import { createTestDatabase } from '../database/test-database.ts';
import { importFile, type Receipt } from '../ingestion/import-file.ts';
import { createLog } from '../log.ts';
import type { Sector } from '../server/sector.ts';
import { startSubgraph, type SubgraphServer } from '../server/subgraph-server.ts';
import { openTestReaders } from './test-readers.ts';
import { TEST_KEY, testEnvelope, type TestCaller } from './test-envelope.ts';

/** What a subgraph answered. */
export interface TestAnswer {
  // Tests know the shape of what they ask for; naming it in each of them would hide the facts.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly status: number;
}

/** A sector under test. */
export interface TestSector {
  /** Address of its GraphQL. */
  readonly url: string;
  /** Sends an operation to the subgraph as a caller, by default an anonymous one. */
  query(
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    caller?: TestCaller,
  ): Promise<TestAnswer>;
  /** Reads the sector's section of a subject, as the gateway would. */
  section(code: string, selection: string, caller?: TestCaller): Promise<TestAnswer>;
  /** Imports a text as if it stood in a file. */
  importText(fileName: string, text: string | Buffer, as?: string): Promise<Receipt>;
  /** Imports the sector's sample files, in the order of their names. */
  importSamples(): Promise<readonly Receipt[]>;
  /** A pool that may write, for looking and for breaking things. */
  readonly pool: Pool;
  /** Stops answering, as a sector that is down; its address stays its own. */
  interrupt(): Promise<void>;
  /** Answers again at the same address. */
  resume(): Promise<void>;
  /** Counts the statements that the subgraph has sent since the last call. */
  statements(): number;
  close(): Promise<void>;
}

/** How a sector is opened. */
export interface TestSectorOptions {
  /** The clock of the records. */
  readonly now?: () => Date;
  /** Public keys of a gateway that is to be answered, instead of `TEST_KEY`. */
  readonly gatewayKeys?: JWTVerifyGetKey;
  /** Makes the ways into the migrated database; by default its reader roles, as in production. */
  readonly openReaders?: (url: string) => Promise<Readers>;
}

/** Opens a sector on a database of its own; close it when done. */
export async function openTestSector(
  sector: Sector,
  { gatewayKeys = TEST_KEY.publicKeys, openReaders, ...options }: TestSectorOptions = {},
): Promise<TestSector> {
  const database = await createTestDatabase(sector.name, join(sector.directory, 'migrations'));
  const log = createLog(sector.name, 'silent');
  const ignore = (): void => undefined;
  const pool = openPool(database.url, { name: 'test', readOnly: false, onIdleError: ignore });
  const counted = countQueries(
    openReaders
      ? await openReaders(database.url)
      : await openTestReaders(sector, database.url, options.now),
  );
  const { readers } = counted;
  const start = (port: number): Promise<SubgraphServer> =>
    startSubgraph(sector, { host: '127.0.0.1', port, readers, gatewayKeys, log, ...options });
  let server = await start(0);
  const { url } = server;
  const directory = await mkdtemp(join(tmpdir(), `credit-${sector.name}-`));
  const importPath = (path: string, as?: string): Promise<Receipt> =>
    importFile({
      pool,
      sector,
      path,
      log,
      rejectsPath: join(directory, 'rejects.csv'),
      ...(as !== undefined && { as }),
    });
  const query: TestSector['query'] = async (document, variables = {}, caller = {}) =>
    post(url, document, variables, await testEnvelope(sector.name, caller));
  return {
    url,
    pool,
    query,
    section: (code, selection, caller) => querySection(query, sector.name, code, selection, caller),
    async importText(fileName, text, as) {
      const path = join(directory, fileName);
      await writeFile(path, text);
      return importPath(path, as);
    },
    async importSamples() {
      const folder = join(sector.directory, 'samples');
      const receipts: Receipt[] = [];
      for (const name of (await readdir(folder)).sort()) {
        receipts.push(await importPath(join(folder, name)));
      }
      return receipts;
    },
    interrupt: () => server.stop(),
    async resume() {
      server = await start(Number(new URL(url).port));
    },
    statements: counted.count,
    async close() {
      await server.stop();
      await Promise.all([readers.close(), pool.end()]);
      await database.drop();
      await rm(directory, { recursive: true });
    },
  };
}

async function querySection(
  query: TestSector['query'],
  name: string,
  code: string,
  selection: string,
  caller?: TestCaller,
): Promise<TestAnswer> {
  const answer = await query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { ${name} ${selection} } } }`,
    { r: [{ __typename: 'Subject', code }] },
    caller,
  );
  const entities = (answer.data as { _entities?: Record<string, unknown>[] } | null)?._entities;
  return { ...answer, data: entities?.[0]?.[name] };
}

async function post(
  url: string,
  query: string,
  variables: object,
  envelope: string,
): Promise<TestAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [ENVELOPE_HEADER]: envelope },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  });
  return { ...((await response.json()) as Omit<TestAnswer, 'status'>), status: response.status };
}

interface CountedReaders {
  readonly readers: Readers;
  /** Gives the number of statements since it was last called. */
  readonly count: () => number;
}

function countQueries(readers: Readers): CountedReaders {
  let count = 0;
  return {
    readers: {
      of(name) {
        const reader = readers.of(name);
        return {
          query: (statement) => {
            count += 1;
            return reader.query(statement);
          },
        };
      },
      close: () => readers.close(),
    },
    count() {
      const since = count;
      count = 0;
      return since;
    },
  };
}

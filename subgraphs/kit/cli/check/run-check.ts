// One check with all it can be weighed by, as `check` and `publish` make it: the recorded operations, and
// databases to try migrations on.
import { randomBytes } from 'node:crypto';
import type { composeSubgraphs } from '../../composition/compose.ts';
import type { CheckReport } from '../../composition/check/check-report.ts';
import type { TrialDatabase } from '../../database/check-migrations.ts';
import { startCluster, type Cluster } from '../../database/embedded/cluster.ts';
import type { RecordedOperation } from '../../composition/recorded-operations.ts';
import type { Logger } from '../../log.ts';
import { legalDay } from '../../values/legal-day.ts';
import type { CliConfig } from '../config.ts';
import { checkSectors } from './check-sectors.ts';
import { readOperationsFile, readOperationsOfGateway } from './read-operations.ts';

/** What the command line says of a check. */
export interface RunCheckOptions {
  readonly sectors: readonly string[];
  readonly isWideningAccepted: boolean;
  /** File of recorded operations; null reads those of the gateway's database. */
  readonly operationsFile: string | null;
  /** Operations not asked for so long count no more. */
  readonly days: number;
  /** Whether migrations are tried; in production they never are: nothing is embedded there. */
  readonly triesMigrations: boolean;
  /** Composes; for who composes the same graph elsewhere. */
  readonly compose?: typeof composeSubgraphs;
}

/** How long operations count where the command line does not say. */
export const DAYS_DEFAULT = 90;
const DAY_MS = 86_400_000;
/** A statement of a migration that takes longer on a few rows does not end. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Checks sectors; the reports stand in their order. */
export async function runCheck(
  config: CliConfig,
  options: RunCheckOptions,
  log: Logger,
): Promise<readonly CheckReport[]> {
  const { sectors, isWideningAccepted, operationsFile, days } = options;
  const triesMigrations = options.triesMigrations && !config.production;
  const usedSince = usedSinceOf(days);
  const weighing = { file: operationsFile, usedSince, needsServer: triesMigrations, log };
  return withOperations(config, weighing, (operations, cluster) =>
    checkSectors({
      sectors,
      supergraphFile: config.supergraphFile,
      publishedDirectory: config.publishedDirectory,
      operations,
      usedSince,
      isWideningAccepted,
      ...(options.compose && { compose: options.compose }),
      createDatabase: cluster && triesMigrations ? () => createTrialDatabase(cluster) : null,
    }),
  );
}

/** Where operations are read from. */
export interface OperationsSource {
  /** Null reads those of the gateway's database. */
  readonly file: string | null;
  /** Legal day, ISO date: those last asked before it are left out. */
  readonly usedSince: string;
  /** Whether the embedded server is wanted for more than its operations. */
  readonly needsServer?: boolean;
  readonly log: Logger;
}

/** Does something with the recorded operations, on the embedded server where that is needed. */
export async function withOperations<T>(
  config: CliConfig,
  { file, usedSince, needsServer = false, log }: OperationsSource,
  work: (operations: readonly RecordedOperation[] | null, cluster: Cluster | null) => Promise<T>,
): Promise<T> {
  const gatewayUrl = config.databaseUrls['gateway'];
  const asksGateway = file === null && gatewayUrl === undefined && !config.production;
  const cluster =
    needsServer || asksGateway
      ? await startCluster({ directory: config.dataDirectory, log })
      : null;
  try {
    const url = gatewayUrl ?? cluster?.url('credit_gateway') ?? null;
    const operations =
      file === null
        ? await readOperationsOfGateway(url, usedSince)
        : await readOperationsFile(file);
    return await work(operations, cluster);
  } finally {
    await cluster?.stop();
  }
}

/** The legal day before which operations count no more. */
export function usedSinceOf(days: number): string {
  return legalDay(new Date(Date.now() - days * DAY_MS));
}

async function createTrialDatabase(cluster: Cluster): Promise<TrialDatabase> {
  const name = `check_${process.pid}_${randomBytes(4).toString('hex')}`;
  await cluster.ensureDatabase(name);
  const url = new URL(cluster.url(name));
  url.searchParams.set('options', `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`);
  return { url: url.href, drop: () => cluster.dropDatabase(name) };
}

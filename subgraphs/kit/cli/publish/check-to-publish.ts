// The check that a sector has to pass to be published: the one of `check`, with everything it can be
// weighed by.
import { randomBytes } from 'node:crypto';
import type { CheckReport } from '../../composition/check/check-report.ts';
import { startCluster } from '../../database/embedded/cluster.ts';
import type { Logger } from '../../log.ts';
import { legalDay } from '../../values/legal-day.ts';
import { checkSectors } from '../check/check-sectors.ts';
import { readOperationsFile, readOperationsOfGateway } from '../check/read-operations.ts';
import type { CliConfig } from '../config.ts';

/** What the command line says of it. */
export interface CheckToPublishOptions {
  readonly isWideningAccepted: boolean;
  /** File of recorded operations; null reads those of the gateway's database. */
  readonly operationsFile: string | null;
  /** Operations not asked for so long count no more. */
  readonly days: number;
}

const DAY_MS = 86_400_000;
/** A migration on an empty database that takes longer does not end. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Checks a sector against what is published now. */
export async function checkToPublish(
  sector: string,
  config: CliConfig,
  options: CheckToPublishOptions,
  log: Logger,
): Promise<CheckReport> {
  const usedSince = legalDay(new Date(Date.now() - options.days * DAY_MS));
  const cluster = await startCluster({ directory: config.dataDirectory, log });
  try {
    const gateway = config.databaseUrls['gateway'] ?? cluster.url('credit_gateway');
    const operations =
      options.operationsFile === null
        ? await readOperationsOfGateway(gateway, usedSince)
        : await readOperationsFile(options.operationsFile);
    const [report] = await checkSectors({
      sectors: [sector],
      supergraphFile: config.supergraphFile,
      publishedDirectory: config.publishedDirectory,
      operations,
      usedSince,
      isWideningAccepted: options.isWideningAccepted,
      createDatabase: async () => {
        const name = `publish_${process.pid}_${randomBytes(4).toString('hex')}`;
        await cluster.ensureDatabase(name);
        const url = new URL(cluster.url(name));
        url.searchParams.set('options', `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`);
        return { url: url.href, drop: () => cluster.dropDatabase(name) };
      },
    });
    if (!report) throw new Error(`The check of ${sector} came to nothing.`);
    return report;
  } finally {
    await cluster.stop();
  }
}

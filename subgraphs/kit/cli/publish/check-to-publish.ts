// The check that a sector has to pass to be published: the one of `check`, with everything it can be
// weighed by.
import type { composeSubgraphs } from '../../composition/compose.ts';
import type { CheckReport } from '../../composition/check/check-report.ts';
import type { Logger } from '../../log.ts';
import { runCheck } from '../check/run-check.ts';
import type { CliConfig } from '../config.ts';

/** What the command line says of it. */
export interface CheckToPublishOptions {
  readonly isWideningAccepted: boolean;
  /** File of recorded operations; null reads those of the gateway's database. */
  readonly operationsFile: string | null;
  /** Operations not asked for so long count no more. */
  readonly days: number;
  /** Composes, here and where the graph is published. */
  readonly compose: typeof composeSubgraphs;
}

/** Checks a sector against what is published now. */
export async function checkToPublish(
  sector: string,
  config: CliConfig,
  options: CheckToPublishOptions,
  log: Logger,
): Promise<CheckReport> {
  const [report] = await runCheck(
    config,
    { ...options, sectors: [sector], triesMigrations: true },
    log,
  );
  if (!report) throw new Error(`The check of ${sector} came to nothing.`);
  return report;
}

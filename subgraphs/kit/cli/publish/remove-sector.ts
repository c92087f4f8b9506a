// Takes a sector out of the graph that gateways serve: checked against what is published, and under the
// lock of those who publish. Its folder, its process and its database are not touched.
import { checkRemoval } from '../../composition/check/check-removal.ts';
import type { CheckReport } from '../../composition/check/check-report.ts';
import { wideningOf } from '../../composition/check/widenings.ts';
import { composeSubgraphs, parseSubgraphs } from '../../composition/compose.ts';
import { earlierGraphs } from '../../composition/published/earlier-graphs.ts';
import type { JournalEntry } from '../../composition/published/journal.ts';
import { graphOf } from '../../composition/published/next-graph.ts';
import type { HeldRecord } from '../../composition/published/published-graphs.ts';
import type { RecordedOperation } from '../../composition/recorded-operations.ts';
import { openedBeside, withAdopted } from '../check/adopted-widenings.ts';
import { PROJECT_DIRECTORY, type CliConfig } from '../config.ts';
import { assertOpens } from './assert-opens.ts';
import { holdPublished } from './publish-place.ts';

/** How a sector is taken out. */
export interface RemoveOptions {
  readonly sector: string;
  readonly isBreakingAccepted: boolean;
  readonly isWideningAccepted: boolean;
  readonly operations: readonly RecordedOperation[] | null;
  /** Legal day, ISO date: operations last asked before it no longer count. */
  readonly usedSince: string;
  /** Takes a line about what is waited for. */
  readonly print: (line: string) => void;
}

/** What became of it. */
export type RemoveOutcome =
  | { readonly kind: 'refused'; readonly report: CheckReport }
  | { readonly kind: 'removed'; readonly report: CheckReport; readonly entry: JournalEntry };

/**
 * Takes a sector out; nothing changes where it is refused.
 *
 * @throws Error for a name that is not in the published graph, where the record is held by another, and
 *   where no gateway could open the graph
 */
export function removeSector(config: CliConfig, options: RemoveOptions): Promise<RemoveOutcome> {
  const { sector, print } = options;
  return holdPublished(config, { purpose: `remove ${sector}`, print }, (record) =>
    removeHeld(config, record, options),
  );
}

async function removeHeld(
  config: CliConfig,
  record: HeldRecord,
  options: RemoveOptions,
): Promise<RemoveOutcome> {
  const { sector, isWideningAccepted } = options;
  const { current, journal } = record;
  const names = current.subgraphs.map(({ name }) => name);
  if (!names.includes(sector)) {
    throw new Error(`There is no ${sector} in the published graph. It has: ${names.join(', ')}.`);
  }
  const own = current.subgraphs.find(({ name }) => name === sector);
  if (own && new URL(own.routingUrl).hostname.endsWith('.invalid')) {
    throw new Error(`${sector} is the gateway's own: no graph is served without it.`);
  }
  const others = current.subgraphs.filter(({ name }) => name !== sector);
  const checked = checkRemoval({
    ...options,
    others,
    published: current.supergraph,
    earlier: earlierGraphs(config.publishedDirectory, journal),
    directory: PROJECT_DIRECTORY,
  });
  if (checked.supergraph === null) return { kind: 'refused', report: checked };
  const subgraphs = parseSubgraphs(others, PROJECT_DIRECTORY);
  const graph = graphOf(subgraphs, composeSubgraphs(subgraphs, PROJECT_DIRECTORY).sdl);
  const beside = openedBeside(await record.notAccepted(graph), checked);
  const report = withAdopted(checked, beside, isWideningAccepted);
  if (!report.passed) return { kind: 'refused', report };
  await assertOpens(graph.supergraph);
  const opened = report.authority.flatMap((change) => wideningOf(change));
  const entry = await record.publish(graph, {
    kind: 'removed',
    sector,
    widenings: [...opened, ...beside],
    migrations: {},
  });
  return { kind: 'removed', report, entry };
}

// Publishes the schema of one sector: checked against what is published, with the others as they are
// published, and under a lock, so that of two at once neither is lost.
import { dirname, join } from 'node:path';
import type { CheckReport } from '../../composition/check/check-report.ts';
import type { RowDisclosure } from '../../composition/check/row-disclosure.ts';
import { wideningOf } from '../../composition/check/widenings.ts';
import type { JournalEntry } from '../../composition/published/journal.ts';
import { graphOf, withSubgraph } from '../../composition/published/next-graph.ts';
import { publishedRows } from '../../composition/published/published-rows.ts';
import {
  readMigrationHashes,
  releasedMigrations,
} from '../../composition/published/released-migrations.ts';
import type { HeldRecord } from '../../composition/published/published-graphs.ts';
import { parseSubgraphs, type composeSubgraphs } from '../../composition/compose.ts';
import type { Subgraph, SubgraphText } from '../../composition/subgraph.ts';
import { PROJECT_DIRECTORY, type CliConfig } from '../config.ts';
import { openedBeside } from '../check/adopted-widenings.ts';
import { readRowDisclosure } from '../read-row-disclosure.ts';
import { listSectors, loadSectors } from '../sectors.ts';
import { assertOpens } from './assert-opens.ts';
import { assertRunning } from './assert-running.ts';
import { holdPublished, workingTree } from './publish-place.ts';

/** How a sector is published. */
export interface PublishOptions {
  readonly sector: string;
  /** Whether its process need not answer yet. */
  readonly mayBeStopped: boolean;
  /** Where its process answers. */
  readonly address: string;
  /** Checks the sector, against the graph that is published at that moment. */
  readonly check: () => Promise<CheckReport>;
  /** Composes what was checked; without composing it again where the check has. */
  readonly compose: typeof composeSubgraphs;
  /** Takes a line about what is waited for. */
  readonly print: (line: string) => void;
}

/** What became of it. */
export type PublishOutcome =
  | { readonly kind: 'refused'; readonly report: CheckReport }
  | { readonly kind: 'unchanged'; readonly report: CheckReport; readonly generation: string }
  | { readonly kind: 'published'; readonly report: CheckReport; readonly entry: JournalEntry };

/**
 * Publishes a sector; nothing changes unless it is published.
 *
 * @throws Error where the record is held by another, where the sector's process does not answer with
 *   the schema, or where no gateway could open the graph
 */
export function publishSector(config: CliConfig, options: PublishOptions): Promise<PublishOutcome> {
  const { sector, print } = options;
  return holdPublished(config, { purpose: `publish ${sector}`, print }, (record) =>
    publishHeld(record, options),
  );
}

async function publishHeld(record: HeldRecord, options: PublishOptions): Promise<PublishOutcome> {
  const { sector, mayBeStopped } = options;
  const texts = workingTree();
  const own = texts.find(({ name }) => name === sector);
  if (!own)
    throw new Error(`The schema of ${sector} cannot be read; supergraph.yaml names its file.`);
  const order = texts.map(({ name }) => name);
  const report = await options.check();
  if (!report.passed) return { kind: 'refused', report };
  assertUnchanged(own);
  const next = withSubgraph(record.current, own, order);
  const subgraphs = parseSubgraphs(next, PROJECT_DIRECTORY);
  const { sdl } = options.compose(subgraphs, PROJECT_DIRECTORY);
  assertChecked(sector, report, sdl);
  const graph = graphOf(subgraphs, sdl);
  // That it passed says that these are accepted, too.
  const adopted = openedBeside(await record.notAccepted(graph), report);
  const migrations = await readMigrationHashes(join(dirname(own.file), 'migrations'));
  const released = releasedMigrations(record.journal, sector);
  const rows = await rowsOf(sector);
  const isSame =
    adopted.length === 0 &&
    graph.generation === record.current.generation &&
    JSON.stringify(released ?? {}) === JSON.stringify(migrations) &&
    JSON.stringify(publishedRows(record.journal, sector)?.last) === JSON.stringify(rows);
  if (isSame) return { kind: 'unchanged', report, generation: graph.generation };
  await assertServable(options, subgraphs, mayBeStopped);
  await assertOpens(graph.supergraph);
  const opened = report.authority.flatMap((change) => wideningOf(change));
  const widenings = [...opened, ...adopted];
  const entry = await record.publish(graph, {
    kind: 'published',
    sector,
    widenings,
    migrations,
    ...(rows && { rows }),
  });
  return { kind: 'published', report, entry };
}

/** The check reads the files itself, some seconds later: what is saved meanwhile it has looked at alone. */
function assertUnchanged({ name, text }: SubgraphText): void {
  if (workingTree().find((one) => one.name === name)?.text === text) return;
  throw new Error(
    `The schema of ${name} was saved while it was being checked. Nothing was published: publish again.`,
  );
}

/** All that a graph opens was weighed, of every sector, only where that very graph was checked. */
function assertChecked(sector: string, { supergraph }: CheckReport, sdl: string): void {
  if (supergraph === sdl) return;
  throw new Error(
    `The graph with ${sector} is another one than was checked, as where supergraph.yaml was saved ` +
      'meanwhile. Nothing was published: publish again.',
  );
}

/** What the sector says of its rows; a subgraph without the kit says nothing here. */
async function rowsOf(name: string): Promise<RowDisclosure | undefined> {
  if (!listSectors().some((entry) => entry.name === name)) return undefined;
  const [loaded] = await loadSectors([name]);
  return loaded && readRowDisclosure(loaded.sector);
}

/** A name that ends in .invalid is nowhere: the gateway answers for that subgraph itself. */
async function assertServable(
  { sector, address }: PublishOptions,
  subgraphs: readonly Subgraph[],
  mayBeStopped: boolean,
): Promise<void> {
  const own = subgraphs.find(({ name }) => name === sector);
  if (!own || mayBeStopped || new URL(address).hostname.endsWith('.invalid')) return;
  await assertRunning(address, own);
}

// Gathers what a check is made of, and checks sectors: their schemas as they stand in the working tree,
// against the published graph, the recorded operations and the released migrations.
import { relative, join } from 'node:path';
import type { CheckProblem, CheckReport } from '../../composition/check/check-report.ts';
import { checkSector } from '../../composition/check/check-sector.ts';
import { composeOnce } from '../../composition/compose-once.ts';
import type { composeSubgraphs } from '../../composition/compose.ts';
import { withSubgraph } from '../../composition/published/next-graph.ts';
import type { RecordedOperation } from '../../composition/recorded-operations.ts';
import {
  readSubgraphTexts,
  type SubgraphText,
  type UnreadSubgraph,
} from '../../composition/subgraph.ts';
import {
  checkMigrations,
  type MigrationProblem,
  type TrialDatabase,
} from '../../database/check-migrations.ts';
import { PROJECT_DIRECTORY, SUPERGRAPH_CONFIG_FILE } from '../config.ts';
import { readRowDisclosure } from '../read-row-disclosure.ts';
import { listSectors, loadSectors, type LoadedSector } from '../sectors.ts';
import { openedBeside, withAdopted } from './adopted-widenings.ts';
import { readPublished, type Published } from './read-published.ts';

/** What a check is asked with. */
export interface CheckOptions {
  /** Names of the sectors. */
  readonly sectors: readonly string[];
  /** The file of the supergraph that is served. */
  readonly supergraphFile: string;
  /** Folder of what was published. */
  readonly publishedDirectory: string;
  readonly operations: readonly RecordedOperation[] | null;
  /** Legal day, ISO date: operations last asked before it no longer count. */
  readonly usedSince: string;
  readonly isWideningAccepted: boolean;
  /** Composes; for who composes the same graph elsewhere. */
  readonly compose?: typeof composeSubgraphs;
  /** Makes databases on which migrations are tried; null to try none. */
  readonly createDatabase: (() => Promise<TrialDatabase>) | null;
}

/**
 * Checks sectors, in the order of their names given.
 *
 * @throws Error for a name that is no subgraph of supergraph.yaml
 */
export async function checkSectors(options: CheckOptions): Promise<readonly CheckReport[]> {
  const texts = readSubgraphTexts(SUPERGRAPH_CONFIG_FILE);
  const published = await readPublished(options.supergraphFile, options.publishedDirectory);
  const kitSectors = listSectors().map(({ name }) => name);
  const loaded = await loadSectors(options.sectors.filter((name) => kitSectors.includes(name)));
  // Where nothing is published apart, all sectors are checked in one and the same composition.
  const { compose = composeOnce() } = options;
  const reports: CheckReport[] = [];
  for (const sector of options.sectors) {
    const own = loaded.find(({ entry }) => entry.name === sector);
    // The server tries the migrations while this process composes.
    const migrations = own ? problemsOfMigrations(own, published, options) : Promise.resolve([]);
    const report = checkSector({
      sector,
      subgraphs: withPublished(sector, texts, published),
      areOthersPublished: published.graph !== null,
      published: published.supergraph,
      earlier: published.earlier,
      lastWithName: published.lastWith(sector),
      operations: options.operations,
      usedSince: options.usedSince,
      isWideningAccepted: options.isWideningAccepted,
      ...(own && {
        rows: {
          now: await readRowDisclosure(own.sector),
          published: published.rows(sector),
        },
      }),
      found: await migrations,
      directory: PROJECT_DIRECTORY,
      compose,
    });
    reports.push(await withOpenedBeside(report, published, options));
  }
  return reports;
}

/** A sector that does not compose has other things to mend first. */
async function withOpenedBeside(
  report: CheckReport,
  published: Published,
  { isWideningAccepted }: CheckOptions,
): Promise<CheckReport> {
  if (report.supergraph === null) return report;
  const widenings = openedBeside(await published.notAccepted(report.supergraph), report);
  return withAdopted(report, widenings, isWideningAccepted);
}

/**
 * The subgraphs of the graph that `publish` would make: the others as they are published, so that nobody
 * answers for what they have yet to publish, and nothing of theirs hides what is opened here.
 */
function withPublished(
  sector: string,
  texts: readonly (SubgraphText | UnreadSubgraph)[],
  { graph }: Published,
): readonly (SubgraphText | UnreadSubgraph)[] {
  const own = texts.find(({ name }) => name === sector);
  if (graph === null || own === undefined) return texts;
  return withSubgraph(
    graph,
    own,
    texts.map(({ name }) => name),
  );
}

async function problemsOfMigrations(
  { sector }: LoadedSector,
  { released }: Published,
  { createDatabase }: CheckOptions,
): Promise<readonly CheckProblem[]> {
  if (createDatabase === null) return [];
  const directory = join(sector.directory, 'migrations');
  const problems = await checkMigrations({
    directory,
    released: released(sector.name),
    tables: sector.tables,
    createDatabase,
  });
  return problems.map((problem) => migrationProblem(problem, directory));
}

function migrationProblem(
  { file, message, remedy }: MigrationProblem,
  directory: string,
): CheckProblem {
  return {
    rule: 'migration',
    severity: 'error',
    coordinate: file,
    file: file === null ? null : relative(PROJECT_DIRECTORY, join(directory, file)),
    line: null,
    column: null,
    message,
    remedy,
    sectors: [],
    also: [],
  };
}

// How many SQL statements the sectors send for one report, and for a hundred at once.
import type { RecordedStatement } from '../processes/agent.ts';
import { ask, bodyOf } from '../graph/ask.ts';
import type { Cell } from '../figures/figures.ts';
import {
  databaseOf,
  fillWithSamples,
  openCluster,
  readReport,
  startGateway,
  startSubgraphs,
} from '../graph/graph.ts';
import { loadSectors } from '../../../subgraphs/kit/cli/sectors.ts';
import { createPopulation, SAMPLE_POPULATION } from '../../../subgraphs/kit/samples/population.ts';
import type { Sector } from '../../../subgraphs/kit/server/sector.ts';
import type { Workload } from '../workload.ts';

const SUBJECTS = 100;

/** A hundred reports at once are beyond the limit of a single request; only their SQL is counted. */
const LIMITS = { COST_MAX: '100000000', SUBGRAPH_TIMEOUT_MS: '60000' };

/** Counts statements. */
export const statementsWorkload: Workload = async (context) => {
  const cluster = await openCluster(context);
  await fillWithSamples(context, cluster);
  const subgraphs = await startSubgraphs(context, cluster);
  const gateway = await startGateway(context, subgraphs, 'gateway', 'gateway/main.ts', LIMITS);
  const report = await readReport();
  const one = bodyOf(report);
  const many = bodyOf(forSubjects(report), { codes: firstCodes() });
  // What is read once in the life of a process is not counted.
  await ask(gateway.url, one);
  await subgraphs.process.record();

  context.say('asking for one report and for a hundred');
  await subgraphs.process.take();
  await ask(gateway.url, one);
  const ofOne = await subgraphs.process.take();
  await ask(gateway.url, many);
  const ofMany = await subgraphs.process.take();

  const sectors = (await loadSectors([])).map(({ sector }) => sector);
  const rows = sectors.flatMap((sector) => countOf(sector, ofOne, ofMany));
  const most = Math.max(...rows.flatMap((row) => row.slice(1).map(Number)));
  return {
    setting: [
      'Statements of one report (gateway/playground/examples/1-report.graphql), and of the same ' +
        `selection for ${SUBJECTS} subjects in one operation, by the record type that they read.`,
      `In all: ${ofOne.length} for one, ${ofMany.length} for ${SUBJECTS}.`,
    ],
    tables: [
      { title: 'Statements', columns: ['record type', 'one', `${SUBJECTS} subjects`], rows },
    ],
    goals: [
      {
        what: 'statements for each record type',
        measured: most,
        unit: '',
        limit: 1,
        kind: 'at most',
      },
    ],
  };
};

function firstCodes(): readonly string[] {
  const population = createPopulation(SAMPLE_POPULATION);
  return Array.from({ length: SUBJECTS }, (_, index) => population.at(index).code);
}

/** Turns the report of one subject into that of many. */
function forSubjects(report: string): string {
  const many = report
    .replace(/query Report \{/, 'query Report($codes: [CreditCode!]!) {')
    .replace(/subject\(code: "[^"]*"\)/, 'subjects(codes: $codes)');
  if (!many.includes('($codes:') || !many.includes('codes: $codes')) {
    throw new Error('the report no longer asks for one subject as this workload expects');
  }
  return many;
}

/** Counts by record type; what belongs to none stands under the sector. */
function countOf(
  { name, tables }: Sector,
  ofOne: readonly RecordedStatement[],
  ofMany: readonly RecordedStatement[],
): (readonly Cell[])[] {
  const own = [ofOne, ofMany].map((statements) =>
    statements.filter(({ database }) => database === databaseOf(name)),
  );
  const typeOf = ({ text }: RecordedStatement): string => {
    const read = tables.filter(({ table }) => new RegExp(`\\b${table}\\b`).test(text));
    // What is derived from several record types, as the stage of a project, is asked for by itself.
    if (read.length > 1) return `of ${read.length} types together`;
    return read[0]?.type ?? 'of no type';
  };
  const types = [...new Set(own.flat().map(typeOf))].sort();
  return types.map((type) => [
    `${name}: ${type}`,
    ...own.map((statements) => statements.filter((each) => typeOf(each) === type).length),
  ]);
}

// `check [sector]`: what the continuous integration of a sector runs. Exit codes: 0 every sector may be
// published, 1 one of them may not.
import { randomBytes } from 'node:crypto';
import { InvalidArgumentError, type Command } from 'commander';
import { createLog } from '../../log.ts';
import { legalDay } from '../../values/legal-day.ts';
import { readCliConfig } from '../config.ts';
import { listSectors } from '../sectors.ts';
import { EXIT, withExamples, type VerbContext } from './verb.ts';

interface CheckWords {
  readonly operations?: string;
  readonly days: number;
  readonly acceptWidening?: boolean;
  readonly migrations: boolean;
  readonly json?: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_DEFAULT = 90;
const DAYS_MAX = 3_650;
/** A migration on an empty database that takes longer does not end. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Adds the verb `check`. */
export function addCheckVerb(program: Command, { sectorNames, setExitCode }: VerbContext): void {
  const verb = program
    .command('check')
    .description('tells whether a sector may be published, and what keeps it from that')
    .argument('[sector]', 'name of the sector; all of them where none is named')
    .option('--operations <file>', 'recorded operations as JSON Lines, not from the gateway')
    .option(
      '--days <number>',
      'operations not asked for so long count no more',
      readDays,
      DAYS_DEFAULT,
    )
    .option('--accept-widening', 'let more callers see fields, as the sector that owns them')
    .option('--no-migrations', 'do not try the migrations')
    .option('--json', 'write the reports as JSON')
    .action(async (name: string | undefined, words: CheckWords) => {
      setExitCode(await runCheck(name === undefined ? sectorNames : [name], words));
    });
  withExamples(verb, [
    ['check tax', 'everything that `publish tax` would refuse, and how to mend it'],
    ['check --json', 'all sectors, for programs'],
    ['check tax --operations used.jsonl', 'weigh changes by operations that a file holds'],
  ]);
}

async function runCheck(sectors: readonly string[], words: CheckWords): Promise<number> {
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  const log = createLog('check', config.logLevel === 'info' ? 'warn' : config.logLevel, 'auto');
  const [{ checkSectors }, { writeReport }, operations, { startCluster }] = await Promise.all([
    import('../check/check-sectors.ts'),
    import('../check/write-report.ts'),
    import('../check/read-operations.ts'),
    import('../../database/embedded/cluster.ts'),
  ]);
  const usedSince = legalDay(new Date(Date.now() - words.days * DAY_MS));
  const own = config.databaseUrls['gateway'];
  const cluster = await startCluster({ directory: config.dataDirectory, log });
  try {
    const reports = await checkSectors({
      sectors,
      supergraphFile: config.supergraphFile,
      publishedDirectory: config.publishedDirectory,
      operations:
        words.operations === undefined
          ? await operations.readOperationsOfGateway(
              own ?? cluster.url('credit_gateway'),
              usedSince,
            )
          : await operations.readOperationsFile(words.operations),
      usedSince,
      isWideningAccepted: words.acceptWidening ?? false,
      createDatabase: words.migrations
        ? async () => {
            const name = `check_${process.pid}_${randomBytes(4).toString('hex')}`;
            await cluster.ensureDatabase(name);
            const url = new URL(cluster.url(name));
            url.searchParams.set('options', `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`);
            return { url: url.href, drop: () => cluster.dropDatabase(name) };
          }
        : null,
    });
    for (const report of reports) {
      if (words.json)
        process.stdout.write(`${JSON.stringify({ ...report, supergraph: undefined })}\n`);
      else process.stdout.write(writeReport(report, process.stdout));
    }
    return reports.every(({ passed }) => passed) ? EXIT.done : EXIT.failed;
  } finally {
    await cluster.stop();
  }
}

function readDays(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0 && value <= DAYS_MAX) return value;
  throw new InvalidArgumentError(`It must be a whole number of days, 1 to ${DAYS_MAX}.`);
}

// `check [sector]`: what the continuous integration of a sector runs. Exit codes: 0 every sector may be
// published, 1 one of them may not.
import { InvalidArgumentError, type Command } from 'commander';
import { readCliConfig } from '../config.ts';
import { listSectors } from '../sectors.ts';
import { EXIT, withExamples, type VerbContext } from './verb.ts';

interface CheckWords {
  readonly operations?: string;
  readonly days?: number;
  readonly acceptWidening?: boolean;
  readonly migrations: boolean;
  readonly json?: boolean;
}

const DAYS_MAX = 3_650;

/** Adds the verb `check`. */
export function addCheckVerb(program: Command, { sectorNames, setExitCode }: VerbContext): void {
  const verb = program
    .command('check')
    .description('tells whether a sector may be published, and what keeps it from that')
    .argument(
      '[subgraph]',
      'name of the sector, or of one in another language; default: all sectors',
    )
    .option('--operations <file>', 'recorded operations as JSON Lines, not from the gateway')
    .option(
      '--days <number>',
      'operations not asked for so long count no more; default 90',
      readDays,
    )
    .option('--accept-widening', 'let more callers see fields, as the sector that owns them')
    .option('--no-migrations', 'do not try the migrations')
    .option('--json', 'write the reports as JSON, one a line')
    .action(async (name: string | undefined, words: CheckWords) => {
      setExitCode(await checkVerb(name === undefined ? sectorNames : [name], words));
    });
  withExamples(verb, [
    ['check tax', 'everything that `publish tax` would refuse, and how to mend it'],
    ['check --json', 'all sectors, for programs'],
    ['check tax --operations used.jsonl', 'weigh changes by operations that a file holds'],
  ]);
}

async function checkVerb(sectors: readonly string[], words: CheckWords): Promise<number> {
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  // Composition takes memory and a second to load: only here is it asked for.
  const [{ DAYS_DEFAULT, runCheck }, { writeReport }, { createLog }] = await Promise.all([
    import('../check/run-check.ts'),
    import('../check/write-report.ts'),
    import('../../log.ts'),
  ]);
  const log = createLog('check', config.logLevel === 'info' ? 'warn' : config.logLevel, 'auto');
  const reports = await runCheck(
    config,
    {
      sectors,
      isWideningAccepted: words.acceptWidening ?? false,
      operationsFile: words.operations ?? null,
      days: words.days ?? DAYS_DEFAULT,
      triesMigrations: words.migrations,
    },
    log,
  );
  for (const report of reports) {
    const text = words.json
      ? `${JSON.stringify({ ...report, supergraph: undefined })}\n`
      : writeReport(report, process.stdout);
    process.stdout.write(text);
  }
  return reports.every(({ passed }) => passed) ? EXIT.done : EXIT.failed;
}

function readDays(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0 && value <= DAYS_MAX) return value;
  throw new InvalidArgumentError(`It must be a whole number of days, 1 to ${DAYS_MAX}.`);
}

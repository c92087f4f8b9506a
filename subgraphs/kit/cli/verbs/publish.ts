// `publish <sector>`: brings the schema of one sector into the graph that gateways serve. Exit codes:
// 0 published or published already, 1 refused, or not served by a gateway in time.
import { InvalidArgumentError, type Command } from 'commander';
import { readCliConfig, type CliConfig } from '../config.ts';
import { listSectors } from '../sectors.ts';
import { subgraphAddress } from '../subgraph-address.ts';
import type { PublishOutcome } from '../publish/publish-sector.ts';
import { EXIT, withExamples, type VerbContext } from './verb.ts';

/** What the command line says. */
interface PublishWords {
  readonly acceptWidening?: boolean;
  readonly notRunning?: boolean;
  readonly operations?: string;
  readonly days: number;
  readonly gateway?: readonly string[];
  readonly history?: boolean;
  readonly json?: boolean;
}

/** Longer than a gateway under load takes to go over to a graph; most take a second. */
const SERVED_MS = 30_000;
const DAYS_DEFAULT = 90;
const DAYS_MAX = 3_650;

/** Adds the verb `publish`. */
export function addPublishVerb(program: Command, { setExitCode }: VerbContext): void {
  const verb = program
    .command('publish')
    .description('brings the schema of a sector into the graph that gateways serve')
    .argument('[subgraph]', 'name of the sector, or of a subgraph in another language')
    .option('--accept-widening', 'let more callers see fields, as the sector that owns them')
    .option('--not-running', 'publish although the process of the sector does not answer yet')
    .option('--operations <file>', 'recorded operations as JSON Lines, not from the gateway')
    .option(
      '--days <number>',
      'operations not asked for so long count no more',
      readDays,
      DAYS_DEFAULT,
    )
    .option('--gateway <url...>', 'gateways to wait for; default: the one of this machine')
    .option('--history', 'only list what was published, newest first')
    .option('--json', 'write what became of it as JSON')
    .action(async (name: string | undefined, words: PublishWords) => {
      setExitCode(await runPublish(name, words));
    });
  withExamples(verb, [
    ['publish tax', 'check, write, and wait until the gateway of this machine serves it'],
    ['publish tax --accept-widening', 'also where more callers see a field by it'],
    ['publish tax --gateway http://a:4000 http://b:4000', 'wait for two gateways'],
    ['publish --history', 'what `rollback` can go back to'],
  ]);
}

async function runPublish(name: string | undefined, words: PublishWords): Promise<number> {
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  if (words.history) return writeHistoryOf(config, words.json ?? false);
  const { readSupergraphConfig } = await import('../../composition/supergraph-config.ts');
  const { SUPERGRAPH_CONFIG_FILE } = await import('../config.ts');
  const entries = readSupergraphConfig(SUPERGRAPH_CONFIG_FILE);
  const entry = entries.find((one) => one.name === name);
  if (!entry) {
    const known = entries.map((one) => one.name).join(', ');
    const { UsageError } = await import('../usage-error.ts');
    throw new UsageError(`Say which sector to publish: ${known}.`);
  }
  const [{ publishSector }, { checkToPublish }, { composeOnce }, { createLog }] = await Promise.all(
    [
      import('../publish/publish-sector.ts'),
      import('../publish/check-to-publish.ts'),
      import('../../composition/compose-once.ts'),
      import('../../log.ts'),
    ],
  );
  const log = createLog('publish', config.logLevel === 'info' ? 'warn' : config.logLevel, 'auto');
  const compose = composeOnce();
  const outcome = await publishSector(config, {
    compose,
    sector: entry.name,
    mayBeStopped: words.notRunning ?? false,
    address: subgraphAddress(entry, config),
    check: () =>
      checkToPublish(
        entry.name,
        config,
        {
          isWideningAccepted: words.acceptWidening ?? false,
          operationsFile: words.operations ?? null,
          days: words.days,
          compose,
        },
        log,
      ),
    print: (line) => process.stderr.write(`${line}\n`),
  });
  return reportOutcome(entry.name, outcome, config, words);
}

async function reportOutcome(
  sector: string,
  outcome: PublishOutcome,
  config: CliConfig,
  words: PublishWords,
): Promise<number> {
  // Where it was published it is in the file; nobody reads it here.
  const report = { ...outcome.report, supergraph: null };
  if (!words.json) {
    const { writeReport } = await import('../check/write-report.ts');
    process.stdout.write(writeReport(outcome.report, process.stdout));
  }
  if (outcome.kind === 'refused') {
    const what = { kind: outcome.kind, sector, report };
    if (words.json) process.stdout.write(`${JSON.stringify(what)}\n`);
    else process.stdout.write(`${sector} was not published. The published graph is as it was.\n`);
    return EXIT.failed;
  }
  const generation = outcome.kind === 'published' ? outcome.entry.generation : outcome.generation;
  const { awaitServed } = await import('../publish/await-served.ts');
  const served = await awaitServed(config, generation, words.gateway, SERVED_MS);
  if (words.json) {
    const entry = outcome.kind === 'published' ? outcome.entry : null;
    const what = {
      kind: outcome.kind,
      sector,
      generation,
      entry,
      report,
      gateways: served.gateways,
    };
    process.stdout.write(`${JSON.stringify(what)}\n`);
  } else {
    const { shortGeneration } = await import('../publish/write-history.ts');
    const short = shortGeneration(generation);
    process.stdout.write(
      outcome.kind === 'published'
        ? `${sector} is published: generation ${short}\n`
        : `${sector} is published already, as it stands: generation ${short}\n`,
    );
    if (outcome.kind === 'published') {
      for (const { coordinate, gains } of outcome.entry.widenings) {
        process.stdout.write(`accepted: ${coordinate} is shown to ${gains.join(', ')}\n`);
      }
    }
    process.stdout.write(served.text);
  }
  return served.isEverywhere ? EXIT.done : EXIT.failed;
}

async function writeHistoryOf(config: CliConfig, asJson: boolean): Promise<number> {
  const { readPublishedJournal } = await import('../../composition/published/published-graphs.ts');
  const { publishedPlace } = await import('../publish/publish-place.ts');
  const { writeHistory } = await import('../publish/write-history.ts');
  const journal = await readPublishedJournal(publishedPlace(config));
  if (!asJson) process.stdout.write(writeHistory(journal));
  else for (const entry of journal) process.stdout.write(`${JSON.stringify(entry)}\n`);
  return EXIT.done;
}

function readDays(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0 && value <= DAYS_MAX) return value;
  throw new InvalidArgumentError(`It must be a whole number of days, 1 to ${DAYS_MAX}.`);
}

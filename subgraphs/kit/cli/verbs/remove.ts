// `remove <sector>`: takes a sector out of the graph that gateways serve. Exit codes: 0 done, 1 refused,
// or not served by a gateway in time.
import type { Command } from 'commander';
import { readCliConfig, type CliConfig } from '../config.ts';
import type { RemoveOutcome } from '../publish/remove-sector.ts';
import { listSectors } from '../sectors.ts';
import { EXIT, withExamples, type VerbContext } from './verb.ts';

interface RemoveWords {
  readonly acceptBreaking?: boolean;
  readonly acceptWidening?: boolean;
  readonly operations?: string;
  readonly gateway?: readonly string[];
  readonly json?: boolean;
}

const SERVED_MS = 30_000;

/** Adds the verb `remove`. */
export function addRemoveVerb(program: Command, { setExitCode }: VerbContext): void {
  const verb = program
    .command('remove')
    .description('takes a sector out of the graph that gateways serve; its data stays')
    .argument('<published>', 'name of a subgraph in the published graph')
    .option('--accept-breaking', 'also where recorded operations ask for what it answers')
    .option('--accept-widening', 'also where more callers see a field that others keep')
    .option('--operations <file>', 'recorded operations as JSON Lines, not from the gateway')
    .option('--gateway <url...>', 'gateways to wait for; default: the one of this machine')
    .option('--json', 'write what became of it as JSON')
    .action(async (sector: string, words: RemoveWords) => {
      setExitCode(await runRemove(sector, words));
    });
  withExamples(verb, [
    ['remove transport', 'where no other sector needs it, and nobody asks for what it answers'],
    ['remove transport --accept-breaking', 'callers that ask for it will be refused'],
  ]);
}

async function runRemove(sector: string, words: RemoveWords): Promise<number> {
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  const [{ removeSector }, { DAYS_DEFAULT, usedSinceOf, withOperations }, { createLog }] =
    await Promise.all([
      import('../publish/remove-sector.ts'),
      import('../check/run-check.ts'),
      import('../../log.ts'),
    ]);
  const usedSince = usedSinceOf(DAYS_DEFAULT);
  const log = createLog('remove', config.logLevel === 'info' ? 'warn' : config.logLevel, 'auto');
  const file = words.operations ?? null;
  const outcome = await withOperations(config, { file, usedSince, log }, (operations) =>
    removeSector(config, {
      sector,
      operations,
      usedSince,
      isBreakingAccepted: words.acceptBreaking ?? false,
      isWideningAccepted: words.acceptWidening ?? false,
      print: (line) => process.stderr.write(`${line}\n`),
    }),
  );
  return report(sector, outcome, config, words);
}

async function report(
  sector: string,
  outcome: RemoveOutcome,
  config: CliConfig,
  words: RemoveWords,
): Promise<number> {
  const write = (text: string): void => {
    if (!words.json) process.stdout.write(text);
  };
  const { writeReport } = await import('../check/write-report.ts');
  write(writeReport(outcome.report, process.stdout));
  // Where it was published it is in the file; nobody reads it here.
  const shown = { ...outcome, sector, report: { ...outcome.report, supergraph: null } };
  if (outcome.kind === 'refused') {
    write(`${sector} was not removed. The published graph is as it was.\n`);
    if (words.json) process.stdout.write(`${JSON.stringify(shown)}\n`);
    return EXIT.failed;
  }
  const { awaitServed } = await import('../publish/await-served.ts');
  const { shortGeneration } = await import('../publish/write-history.ts');
  const { generation } = outcome.entry;
  const served = await awaitServed(config, generation, words.gateway, SERVED_MS);
  write(`${sector} is out of the graph: generation ${shortGeneration(generation)}\n`);
  write(served.text);
  write(whatIsLeft(sector));
  if (words.json) process.stdout.write(`${JSON.stringify({ ...shown, ...served })}\n`);
  return served.isEverywhere ? EXIT.done : EXIT.failed;
}

/** Nothing that could be wanted again is deleted here. */
function whatIsLeft(sector: string): string {
  return `
Left as they are, and yours to delete when nobody wants them back:
  its lines in supergraph.yaml; until they are gone, \`npm run supergraph\` takes it in again
  the folder subgraphs/${sector}, and what names ${sector} in docker/compose.yaml
  its process, and its database: DATABASE_URL_${sector.toUpperCase()}, else credit_${sector} of the embedded server
\`rollback\` brings it back as it was. Consents and grants for ${sector} stand, and would hold for another
sector that is published under its name: that has to be accepted then.
`;
}

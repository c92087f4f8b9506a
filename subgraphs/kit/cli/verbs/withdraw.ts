// `withdraw <sector> <batch>`: what a batch said is no longer served.
import { userInfo } from 'node:os';
import { Option, type Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { assertMigrated } from './import.ts';
import { withExamples, withSector, type VerbContext } from './verb.ts';

interface WithdrawWords {
  readonly reason: string;
  readonly by?: string;
  readonly keepLater?: boolean;
  readonly alsoLater?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Adds the verb `withdraw`. */
export function addWithdrawVerb(program: Command, { setExitCode }: VerbContext): void {
  const verb = program
    .command('withdraw')
    .description('takes a batch back: its records say again what they said before, or are closed')
    .argument('<sector>', 'name of the sector')
    .argument('<batch>', 'id of the batch; `batches <sector>` lists them')
    .requiredOption('--reason <text>', 'kept for good; the subject of a closed record may read it')
    .option('--by <name>', 'who withdraws it; default: the user of this machine')
    .option('--keep-later', 'where later batches changed a record, leave it as they say')
    .addOption(
      new Option(
        '--also-later',
        'withdraw the later batches that changed its records, too',
      ).conflicts('keepLater'),
    )
    .option('--dry-run', 'do all of it and take it back: say what would become of it')
    .option('--json', 'write the receipt as JSON')
    .action(async (name: string, batchId: string, words: WithdrawWords) => {
      setExitCode(await runWithdraw(name, batchId, words));
    });
  withExamples(verb, [
    [
      'withdraw tax 0b5c2f6e-… --reason "figures of another office" --dry-run',
      'what would become of it',
    ],
  ]);
}

async function runWithdraw(name: string, batchId: string, words: WithdrawWords): Promise<number> {
  const { keepLater, alsoLater, reason, dryRun, json } = words;
  const by = words.by ?? nameOfUser();
  const [{ withdrawCommand }, { prepareSector }] = await Promise.all([
    import('../withdraw.ts'),
    import('../run-subgraph.ts'),
  ]);
  return withSector(name, async (opened) => {
    const { sector, databaseUrl, config, log } = opened;
    if (dryRun) await assertMigrated(opened);
    else await prepareSector(sector, databaseUrl, config, log);
    const later = alsoLater ? 'withdraw' : keepLater ? 'keep' : 'refuse';
    return withdrawCommand({ sector, databaseUrl, batchId, reason, by, later, dryRun, json });
  });
}

/** In a container the user may have no name. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    throw new UsageError('The user of this machine has no name; say --by <name>.');
  }
}

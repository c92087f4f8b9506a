// `npm run noninterference -- --operations 1000000 [--seed text] [--caller name]`: asks twin worlds
// until one tells a caller something, or all has been asked. Exit codes: 0 nothing was told, 1 something
// was or the run failed, 2 the command line is wrong.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CALLER_NAMES, type CallerName } from '../worlds/callers.ts';
import { openTwins } from '../worlds/twin-worlds.ts';
import { runCallers } from './run-callers.ts';

const USAGE_EXIT_CODE = 2;
const OPERATIONS_MAX = 1_000_000_000;

interface Words {
  readonly operations: number;
  readonly seed: string;
  readonly caller?: CallerName;
}

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('npm run noninterference --')
    .description('Asks two worlds that differ only above the caller, and compares byte for byte.')
    .option('--operations <count>', 'operations in all', readCount, 20_000)
    .option('--seed <text>', 'of worlds and operations', String(Date.now()))
    .addOption(new Option('--caller <name>', 'only this caller').choices([...CALLER_NAMES]))
    .exitOverride()
    .action(async (options: Words) => {
      exitCode = await run(options);
    });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
    throw error;
  }
}

async function run({ operations, seed, caller }: Words): Promise<number> {
  process.stdout.write(`seed ${seed}\n`);
  const twins = await openTwins(seed);
  const started = performance.now();
  let last = started;
  try {
    const { results, told } = await runCallers(twins, {
      seed,
      operations,
      callers: caller ? [caller] : CALLER_NAMES,
      onProgress: (name, done, of) => {
        if (performance.now() - last < 5_000 && done < of) return;
        last = performance.now();
        process.stdout.write(`${name}: ${done} of ${of}\n`);
      },
    });
    for (const [name, { tally, asked }] of results) {
      const share = Math.round((100 * tally.all.answered) / Math.max(1, tally.all.asked));
      const codes = JSON.stringify(Object.fromEntries(tally.byCode));
      process.stdout.write(`${name}: ${asked} asked, ${share} % answered with data, ${codes}\n`);
    }
    const seconds = Math.round((performance.now() - started) / 1_000);
    process.stdout.write(told === null ? `Nothing was told, in ${seconds} s.\n` : `${told}\n`);
    return told === null ? 0 : 1;
  } finally {
    await twins.close();
  }
}

function readCount(text: string): number {
  const count = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= OPERATIONS_MAX) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${OPERATIONS_MAX}.`);
}

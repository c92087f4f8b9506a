// `rollback`: goes back to a graph that was published before, for all sectors. Exit codes: 0 done, 1
// refused, or not served by a gateway in time.
import type { Command } from 'commander';
import { readCliConfig } from '../config.ts';
import { listSectors } from '../sectors.ts';
import { EXIT, withExamples, type VerbContext } from './verb.ts';

interface RollbackWords {
  readonly to?: string;
  readonly acceptWidening?: boolean;
  readonly gateway?: readonly string[];
  readonly json?: boolean;
}

const SERVED_MS = 30_000;

/** Adds the verb `rollback`. */
export function addRollbackVerb(program: Command, { setExitCode }: VerbContext): void {
  const verb = program
    .command('rollback')
    .description('goes back to a graph that was published before, for all sectors')
    .option('--to <graph>', 'its number in `publish --history`, or the beginning of its generation')
    .option('--accept-widening', 'also where fields are open that were closed, or never accepted')
    .option('--gateway <url...>', 'gateways to wait for; default: the one of this machine')
    .option('--json', 'write what became of it as JSON')
    .action(async (words: RollbackWords) => {
      setExitCode(await runRollback(words));
    });
  withExamples(verb, [
    ['rollback', 'the graph that stood before the one that is published'],
    ['rollback --to 3', 'the third of `publish --history`'],
  ]);
}

async function runRollback(words: RollbackWords): Promise<number> {
  const config = readCliConfig(listSectors().map((entry) => entry.name));
  const { rollbackGraph } = await import('../publish/rollback-graph.ts');
  const { shortGeneration } = await import('../publish/write-history.ts');
  const outcome = await rollbackGraph(config, {
    to: words.to ?? null,
    acceptsWidening: words.acceptWidening ?? false,
    print: (line) => process.stderr.write(`${line}\n`),
  });
  const write = (text: string): void => {
    if (!words.json) process.stdout.write(`${text}\n`);
  };
  if (outcome.kind === 'refused') {
    write('That graph shows fields to more callers than was accepted last:');
    for (const { coordinate, gains } of outcome.widenings) {
      write(`  ${coordinate}: ${gains.join(', ')}`);
    }
    write('Nothing was changed. Where it is meant all the same, add --accept-widening.');
    if (words.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
    return EXIT.failed;
  }
  const generation = outcome.kind === 'unchanged' ? outcome.generation : outcome.entry.generation;
  const { awaitServed } = await import('../publish/await-served.ts');
  const served = await awaitServed(config, generation, words.gateway, SERVED_MS);
  if (words.json) {
    process.stdout.write(`${JSON.stringify({ ...outcome, gateways: served.gateways })}\n`);
  } else if (outcome.kind === 'unchanged') {
    write(`Generation ${shortGeneration(generation)} is the one that is published.`);
  } else {
    write(`Back at generation ${shortGeneration(generation)}, with the schemas of that time.`);
    if (outcome.sectors.length > 0) {
      write(`The schemas that went back: ${outcome.sectors.join(', ')}.`);
      write('Callers are offered what these say. Where a process of such a sector no longer knows');
      write('all of that, start its code of that time.');
    }
  }
  if (!words.json) process.stdout.write(served.text);
  return served.isEverywhere ? EXIT.done : EXIT.failed;
}

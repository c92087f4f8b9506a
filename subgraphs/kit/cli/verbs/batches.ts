// `batches <sector>`: which files came in, and which were taken back and why.
import { InvalidArgumentError, type Command } from 'commander';
import { LISTED_BATCHES_MAX } from '../../ingestion/batch-list.ts';
import { withSector, type VerbContext } from './verb.ts';

const LISTED_BATCHES = 20;

interface BatchesWords {
  readonly limit: number;
  readonly json?: boolean;
}

/** Adds the verb `batches`. */
export function addBatchesVerb(program: Command, { setExitCode }: VerbContext): void {
  program
    .command('batches')
    .description('lists the imported files of a sector, newest first')
    .argument('<sector>', 'name of the sector')
    .option('--limit <number>', `how many, up to ${LISTED_BATCHES_MAX}`, readLimit, LISTED_BATCHES)
    .option('--json', 'write them as JSON, one a line')
    .action(async (name: string, { limit, json }: BatchesWords) => {
      const [{ batchesCommand }, { prepareSector }] = await Promise.all([
        import('../withdraw.ts'),
        import('../run-subgraph.ts'),
      ]);
      setExitCode(
        await withSector(name, async ({ sector, databaseUrl, config, log }) => {
          await prepareSector(sector, databaseUrl, config, log);
          return batchesCommand({ sector, databaseUrl, limit, json });
        }),
      );
    });
}

function readLimit(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0 && value <= LISTED_BATCHES_MAX) return value;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${LISTED_BATCHES_MAX}.`);
}

// `samples [sector...]`: writes the synthetic sample files.
import { InvalidArgumentError, type Command } from 'commander';

/** Adds the verb `samples`. */
export function addSamplesVerb(program: Command): void {
  program
    .command('samples')
    .description('writes the synthetic sample files of sectors')
    .argument('[sector...]', 'names of the sectors; all of them where none is named')
    .option('--subjects <number>', 'how many subjects; needs --out', readCount)
    .option('--out <folder>', 'folder to write into instead of the sectors’ own')
    .action(async (sectors: readonly string[], options: { subjects?: number; out?: string }) => {
      const { writeSectorSamples } = await import('../samples.ts');
      await writeSectorSamples({ sectors, ...options });
    });
}

function readCount(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

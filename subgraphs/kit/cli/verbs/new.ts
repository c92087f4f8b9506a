// `new <sector>`: a whole sector from the template.
import type { Command } from 'commander';
import { PROJECT_DIRECTORY } from '../config.ts';
import { withExamples } from './verb.ts';

interface NewWords {
  readonly prefix?: string;
  readonly record?: string;
  readonly records?: string;
  readonly title?: string;
  readonly json?: boolean;
}

/** Adds the verb `new`. */
export function addNewVerb(program: Command): void {
  const verb = program
    .command('new')
    .description('makes a whole sector from the template, in subgraphs/<sector>')
    .argument('<name>', 'its name: lower-case letters and digits')
    .option('--prefix <Name>', 'first part of the names of its types; default: the name')
    .option('--record <Name>', 'its first record type; default: Rating')
    .option('--records <names>', 'the same, several; default: by the rules of English')
    .option('--title <title>', 'what the sector is called in Chinese; default: its name and 行业')
    .option('--json', 'write what was made as JSON')
    .action(async (sector: string, { json, ...words }: NewWords) => {
      const { newSector } = await import('../new/new-sector.ts');
      const made = await newSector(PROJECT_DIRECTORY, { sector, ...words });
      if (json) process.stdout.write(`${JSON.stringify({ sector, ...made })}\n`);
      else process.stdout.write(`${made.files.join('\n')}\n${nextSteps(sector)}`);
    });
  withExamples(verb, [
    [
      'new transport --title 交通运输',
      'Subject.transport, with TransportRating as its first record',
    ],
    ['new railways --prefix Railway --record SafetyRating', 'with names of your own'],
  ]);
}

function nextSteps(sector: string): string {
  return `
Next: say in schema.graphql what your records are, then
  npm run sector -- migrate ${sector}
  npm run sector -- import ${sector} <file...>
subgraphs/README.md goes through it step by step.
`;
}

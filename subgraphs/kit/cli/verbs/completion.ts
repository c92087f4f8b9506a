// `completion <shell>`: completes verbs, sectors and options at the press of a key.
import { Argument, type Command } from 'commander';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeWords } from '../complete-words.ts';
import { completionScript, SHELLS, type Shell } from '../completion-script.ts';
import { PROJECT_DIRECTORY } from '../config.ts';
import { withExamples } from './verb.ts';

/** Adds the verb `completion`, and the hidden one that its scripts call. */
export function addCompletionVerb(program: Command): void {
  const verb = program
    .command('completion')
    .description('writes a script that makes `sector` a command of your shell, with completion')
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .action((shell: Shell) => {
      const loader = fileURLToPath(import.meta.resolve('#typescript'));
      const main = join(PROJECT_DIRECTORY, 'subgraphs/kit/cli/main.ts');
      const command = [process.execPath, '--import', loader, main];
      process.stdout.write(completionScript(shell, command));
    });
  withExamples(verb, [
    ['completion bash >> ~/.bashrc', 'then, in a new shell: sector import t<TAB>'],
    ['completion fish > ~/.config/fish/conf.d/sector.fish', 'the same for fish'],
  ]);
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action((words: readonly string[]) => {
      for (const { value, meaning } of completeWords(program, words)) {
        process.stdout.write(`${value}\t${meaning}\n`);
      }
    });
}

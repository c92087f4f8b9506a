// Takes one command line of `sector` after another from its parent, and tells what became of each.
import { runCommandLine } from '../run-command-line.ts';
import type { CommandLineAsked, CommandLineRan } from './open-command-line.ts';

let written = { stdout: '', stderr: '' };
let begun = Promise.resolve();

// Nothing else is written here: the log goes to the file of standard error itself.
for (const stream of ['stdout', 'stderr'] as const) {
  process[stream].write = (text: string | Uint8Array) => {
    written[stream] += typeof text === 'string' ? text : Buffer.from(text).toString();
    return true;
  };
}

process.on('message', (asked: CommandLineAsked) => {
  begun = begun.then(async () => {
    process.send?.(await run(asked));
  });
});

async function run({ words, environment }: CommandLineAsked): Promise<CommandLineRan> {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, environment);
  written = { stdout: '', stderr: '' };
  const code = await runCommandLine(words);
  return { code, ...written };
}

// `dev <sector>`: works on a sector beside the published graph of the others, until Ctrl-C.
import type { Command } from 'commander';
import { withExamples, type VerbContext } from './verb.ts';

/** Adds the verb `dev`. */
export function addDevVerb(program: Command, { setExitCode }: VerbContext): void {
  const verb = program
    .command('dev')
    .description('serves a sector beside the published graph of the others, as you save it')
    .argument('<sector>', 'name of the sector')
    .addHelpText(
      'after',
      '\nWhat does not compose or run is told here and on the page; what was good before serves on.' +
        '\nA sector with a SUBGRAPH_URL_<NAME> is not started, but asked there.',
    )
    .action(async (name: string) => {
      const [{ runProcess }, { runDev }] = await Promise.all([
        import('../process.ts'),
        import('../dev/run-dev.ts'),
      ]);
      await runProcess('dev', (running, config, log) => runDev(running, config, log, name));
      setExitCode(Number(process.exitCode ?? 0));
    });
  withExamples(verb, [['dev tax', 'with the page at http://127.0.0.1:4000/']]);
}

// `supergraph`: composes the subgraphs into the supergraph that is checked in.
import type { Command } from 'commander';
import type { VerbContext } from './verb.ts';

/** Adds the verb `supergraph`. */
export function addSupergraphVerb(program: Command, { setExitCode }: VerbContext): void {
  program
    .command('supergraph')
    .description('composes the subgraphs into the supergraph that the gateway serves')
    .option('--check', 'write nothing; fail when the supergraph is not current')
    .action(async (options: { check?: boolean }) => {
      // Composition takes memory that an import has a use for: it is loaded where it is asked for.
      const { writeSupergraph } = await import('../supergraph.ts');
      setExitCode(await writeSupergraph({ check: options.check ?? false }));
    });
}

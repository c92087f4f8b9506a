// One command line of `sector`, from its words to the code with which its process ends.
import { styleText } from 'node:util';
import { Command, CommanderError } from 'commander';
import { readSupergraphConfig } from '../composition/supergraph-config.ts';
import { loadDotEnv, SUPERGRAPH_CONFIG_FILE } from './config.ts';
import { nameSectors, suggestNames } from './name-sectors.ts';
import { listSectors } from './sectors.ts';
import { UsageError } from './usage-error.ts';
import { addCheckVerb } from './verbs/check.ts';
import { addCompletionVerb } from './verbs/completion.ts';
import { addConformanceVerb } from './verbs/conformance.ts';
import { addBatchesVerb } from './verbs/batches.ts';
import { addDevVerb } from './verbs/dev.ts';
import { addImportVerb } from './verbs/import.ts';
import { addMigrateVerb } from './verbs/migrate.ts';
import { addNewVerb } from './verbs/new.ts';
import { addPublishVerb } from './verbs/publish.ts';
import { addRemoveVerb } from './verbs/remove.ts';
import { addRollbackVerb } from './verbs/rollback.ts';
import { addSamplesVerb } from './verbs/samples.ts';
import { addStatusVerb } from './verbs/status.ts';
import { addSupergraphVerb } from './verbs/supergraph.ts';
import { addWithdrawVerb } from './verbs/withdraw.ts';
import { EXIT, type VerbContext } from './verbs/verb.ts';

/** The verbs in the order of the help. What is heavy is imported where a verb runs, not here. */
const VERBS: readonly ((program: Command, context: VerbContext) => void)[] = [
  addNewVerb,
  addMigrateVerb,
  addImportVerb,
  addBatchesVerb,
  addWithdrawVerb,
  addSamplesVerb,
  addStatusVerb,
  addSupergraphVerb,
  addDevVerb,
  addCheckVerb,
  addPublishVerb,
  addRollbackVerb,
  addRemoveVerb,
  addConformanceVerb,
  addCompletionVerb,
];

const EXIT_CODES = `Exit codes: 0 done; 1 failed, with the reason and what to do on standard error; 2 the command
line is wrong; 3 done, but for rows that were refused; 130 cut short by Ctrl-C. With --json,
programs read standard output.`;

/** Runs one command line; resolves to the code with which its process is to end, and never rejects. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  try {
    loadDotEnv();
    const program = buildProgram({
      sectorNames: listSectors().map((entry) => entry.name),
      setExitCode(code) {
        exitCode = code;
      },
    });
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const { reportFailure } = await import('./report-failure.ts');
    reportFailure(error);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

function buildProgram(context: VerbContext): Command {
  const program = new Command('npm run sector --')
    .description('Works on one sector of the graph. Each verb has a --help of its own.')
    .exitOverride()
    .showHelpAfterError('(npm run sector -- --help says more)')
    // Commander takes the colours out again where the stream is no terminal, or NO_COLOR is set.
    .configureHelp({
      styleTitle: (text) => styleText('bold', text, { validateStream: false }),
      styleSubcommandText: (text) => styleText('cyan', text, { validateStream: false }),
    })
    .addHelpText('after', `\nSectors: ${context.sectorNames.join(', ')}\n\n${EXIT_CODES}`);
  for (const add of VERBS) add(program, context);
  // A subgraph may also be one in another language, or the gateway's own.
  const subgraph = readSupergraphConfig(SUPERGRAPH_CONFIG_FILE).map(({ name }) => name);
  nameSectors(program, { sector: context.sectorNames, subgraph });
  suggestNames(program, 'published', subgraph);
  return program;
}

// The command `explain`, from its words to the code with which its process ends.
import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { isPurpose, PURPOSES, type Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import { ConfigError } from '../../subgraphs/kit/config.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { readyInquiry, readyNames } from './ready-inquiry.ts';

const EXIT = { allowed: 0, failed: 1, usage: 2, refused: 3 } as const;

/** Larger files are no operations. */
const FILE_CHARACTERS_MAX = 1_000_000;

interface Words {
  readonly as: string;
  readonly purpose?: Purpose | 'none';
  readonly operation?: string;
  readonly json?: boolean;
}

/** Where the command writes. */
export interface ExplainStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const OF_PROCESS: ExplainStreams = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

/** Explains an operation as the words say; resolves to the exit code, and never rejects. */
export async function explainCommand(
  words: readonly string[],
  streams: ExplainStreams = OF_PROCESS,
): Promise<number> {
  const { out, err } = streams;
  let exitCode: number = EXIT.allowed;
  const program = new Command('npm run -s explain --')
    .description('Says how each field of an operation is decided, and why, without executing it.')
    .argument('<file>', 'the operation, as it would be sent')
    .addOption(
      new Option('--as <caller>', 'the ready caller that asks')
        .choices(readyNames())
        .default('anonymous'),
    )
    .option('--purpose <purpose>', `${PURPOSES.join(', ')}; or none`, readPurpose)
    .option('--operation <name>', 'the operation, where the file holds several')
    .option('--json', 'write the explanation as JSON')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .showHelpAfterError('(npm run -s explain -- --help says more)')
    .action(async (file: string, options: Words) => {
      exitCode = await explainFile(program, file, options, out);
    });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
    if (error instanceof PublicError) {
      err(`${error.message}\n${String(error.extensions['hint'])}\n`);
      return EXIT.usage;
    }
    const isExplained = error instanceof ConfigError;
    const message = error instanceof Error ? error : new Error(String(error));
    err(`${isExplained ? message.message : (message.stack ?? message.message)}\n`);
    return EXIT.failed;
  }
}

async function explainFile(
  program: Command,
  file: string,
  words: Words,
  out: ExplainStreams['out'],
): Promise<number> {
  const text = readOperation(program, file);
  const inquiry = inquiryOf(program, words);
  // What opens a graph takes a second to load: a wrong word is told without it.
  const [{ createExplain }, { readConfig }, { openSupergraph }, { writeExplanation }] =
    await Promise.all([
      import('../authorization/create-explain.ts'),
      import('../config.ts'),
      import('./open-supergraph.ts'),
      import('./write-explanation.ts'),
    ]);
  const { schema, authorization, operations } = await openSupergraph();
  // The limits are those of the gateway as it would start here.
  const prepared = operations(readConfig().limits);
  const explain = createExplain({
    schema,
    authorization,
    prepare: (operation, name, asker) => prepared.prepare(operation, name, asker, false),
    // No decision follows them, and none can be given here.
    checkVariables: () => [],
  });
  const operationName = words.operation ?? null;
  const explanation = explain(inquiry, { operation: text, operationName });
  out(words.json ? `${JSON.stringify(explanation, null, 2)}\n` : writeExplanation(explanation));
  return explanation.decision === 'REFUSED' ? EXIT.refused : EXIT.allowed;
}

function readOperation(program: Command, file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.length <= FILE_CHARACTERS_MAX) return text;
  } catch (error) {
    return program.error(`${file} cannot be read: ${(error as Error).message}`);
  }
  return program.error(`${file} is longer than ${FILE_CHARACTERS_MAX} characters`);
}

function inquiryOf(program: Command, { as, purpose: named }: Words): Inquiry {
  const purpose = named === 'none' ? null : named;
  const inquiry = readyInquiry(as, purpose);
  if (!inquiry) throw new Error(`${as} is a choice, and is not ready`);
  const { purposes } = inquiry.principal;
  if (!purpose || purposes.includes(purpose)) return inquiry;
  const allowed = purposes.length === 0 ? 'none' : purposes.join(', ');
  return program.error(`${as} may not state ${purpose}; its credential allows ${allowed}`);
}

function readPurpose(text: string): Purpose | 'none' {
  if (text === 'none' || isPurpose(text)) return text;
  throw new InvalidArgumentError(`It must be none, or one of ${PURPOSES.join(', ')}.`);
}

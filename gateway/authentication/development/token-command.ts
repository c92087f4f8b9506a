// The command `token`, from its words to the code with which its process ends.
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { ConfigError, type Environment } from '../../../subgraphs/kit/config.ts';
import { PublicError } from '../../../subgraphs/kit/errors.ts';
import { readDevelopmentDirectory } from '../../config.ts';
import { signDevelopmentToken } from './issuer.ts';
import { developmentPrincipals, findDevelopmentPrincipal } from './principals.ts';

const USAGE_EXIT_CODE = 2;
const LIFETIME_S = 28_800;
const LIFETIME_S_MAX = 31_536_000;

interface Words {
  readonly list?: boolean;
  readonly expires: number;
}

/** Where a command writes, and what it is told beside its words. */
export interface TokenSurroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Not there: the one of the process. */
  readonly environment?: Environment;
}

const OF_PROCESS: TokenSurroundings = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

/** Prints a token as the words say; resolves to the exit code, and never rejects. */
export async function tokenCommand(
  words: readonly string[],
  surroundings: TokenSurroundings = OF_PROCESS,
): Promise<number> {
  const { out, err } = surroundings;
  let exitCode = 0;
  const program = new Command('npm run -s token --')
    .description('Prints a token of a ready caller, for development.')
    .argument('[name]', 'who asks; --list explains them')
    .option('--list', 'explain the callers')
    .option('--expires <seconds>', 'how long the token is valid', readSeconds, LIFETIME_S)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .showHelpAfterError('(npm run -s token -- --help says more)')
    .action(async (name: string | undefined, options: Words) => {
      exitCode = await printToken(name, options, surroundings);
    });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
    return reportFailure(error, err);
  }
}

async function printToken(
  name: string | undefined,
  { list, expires }: Words,
  { out, err, environment }: TokenSurroundings,
): Promise<number> {
  const directory = readDevelopmentDirectory(environment);
  if (directory === null) {
    err(
      'There are no development tokens where NODE_ENV is production.\n' +
        'Obtain a token from an issuer that TOKEN_ISSUERS_FILE names.\n',
    );
    return 1;
  }
  if (list) {
    out(describePrincipals());
    return 0;
  }
  if (name === undefined || !findDevelopmentPrincipal(name)) {
    const known = Object.keys(developmentPrincipals()).join(', ');
    const problem = name === undefined ? 'Say who asks.' : 'There is no caller of this name.';
    err(`${problem} The callers: ${known}\n(--list explains them)\n`);
    return USAGE_EXIT_CODE;
  }
  out(`${await signDevelopmentToken(directory, name, expires)}\n`);
  return 0;
}

function describePrincipals(): string {
  const all = Object.entries(developmentPrincipals());
  const width = Math.max(...all.map(([name]) => name.length));
  const lines = all.map(
    ([name, { meaning, tier, organisation, purposes }]) =>
      `${name.padEnd(width)}  ${tier.padEnd(10)}  ${meaning}\n` +
      `${' '.repeat(width)}              organisation: ${organisation}; purposes: ${purposes.join(', ')}\n`,
  );
  return lines.join('');
}

function readSeconds(text: string): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= LIFETIME_S_MAX) return value;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${LIFETIME_S_MAX}.`);
}

function reportFailure(error: unknown, err: TokenSurroundings['err']): number {
  if (error instanceof PublicError) {
    err(`${error.message}\n${String(error.extensions['hint'])}\n`);
  } else if (error instanceof ConfigError) {
    err(`${error.message}\n`);
  } else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    err(`${text}\n`);
  }
  return 1;
}

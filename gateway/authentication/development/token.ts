// `npm run -s token -- <name>`: a token of a ready caller on standard output, and nothing else there.
// Exit codes: 0 done, 1 refused or failed, 2 the command line is wrong.
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { ConfigError } from '../../../subgraphs/kit/config.ts';
import { PublicError } from '../../../subgraphs/kit/errors.ts';
import { loadDotEnv, readDevelopmentDirectory } from '../../config.ts';
import { signDevelopmentToken } from './issuer.ts';
import { developmentPrincipals, findDevelopmentPrincipal } from './principals.ts';

const USAGE_EXIT_CODE = 2;
const LIFETIME_S = 28_800;
const LIFETIME_S_MAX = 31_536_000;

interface Words {
  readonly list?: boolean;
  readonly expires: number;
}

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('npm run -s token --')
    .description('Prints a token of a ready caller, for development.')
    .argument('[name]', 'who asks; --list explains them')
    .option('--list', 'explain the callers')
    .option('--expires <seconds>', 'how long the token is valid', readSeconds, LIFETIME_S)
    .exitOverride()
    .showHelpAfterError('(npm run -s token -- --help says more)')
    .action(async (name: string | undefined, options: Words) => {
      exitCode = await printToken(name, options);
    });
  try {
    loadDotEnv();
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
    return reportFailure(error);
  }
}

async function printToken(name: string | undefined, { list, expires }: Words): Promise<number> {
  const directory = readDevelopmentDirectory();
  if (directory === null) {
    process.stderr.write(
      'There are no development tokens where NODE_ENV is production.\n' +
        'Obtain a token from an issuer that TOKEN_ISSUERS_FILE names.\n',
    );
    return 1;
  }
  if (list) {
    process.stdout.write(describePrincipals());
    return 0;
  }
  if (name === undefined || !findDevelopmentPrincipal(name)) {
    const known = Object.keys(developmentPrincipals()).join(', ');
    const problem = name === undefined ? 'Say who asks.' : 'There is no caller of this name.';
    process.stderr.write(`${problem} The callers: ${known}\n(--list explains them)\n`);
    return USAGE_EXIT_CODE;
  }
  process.stdout.write(`${await signDevelopmentToken(directory, name, expires)}\n`);
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

function reportFailure(error: unknown): number {
  if (error instanceof PublicError) {
    process.stderr.write(`${error.message}\n${String(error.extensions['hint'])}\n`);
  } else if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
  } else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${text}\n`);
  }
  return 1;
}

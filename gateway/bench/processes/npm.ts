// An npm script as a person starts it: npm, its shell and the process, without the agent.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { PROJECT_DIRECTORY } from '../../../subgraphs/kit/cli/config.ts';
import { childEnvironment } from './child-environment.ts';
import { stopGroup } from './process-group.ts';
import { openLog } from './process-log.ts';
import type { ProcessOptions } from './process.ts';

/** A script that runs. */
export interface NpmProcess {
  readonly child: ChildProcess;
  /** File of its standard output and standard error. */
  readonly logPath: string;
  readonly stop: () => Promise<void>;
}

/** Starts `npm <words>`; it is stopped with its scope. */
export async function startNpm(
  words: readonly string[],
  options: Pick<ProcessOptions, 'name' | 'folder' | 'scope' | 'environment'>,
): Promise<NpmProcess> {
  const log = openLog(options.folder, options.name);
  const child = spawn('npm', [...words], {
    cwd: PROJECT_DIRECTORY,
    env: childEnvironment(options.environment),
    detached: true,
    shell: process.platform === 'win32',
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  closeSync(log.descriptor);
  const stop = (): Promise<void> => stopGroup(child);
  await options.scope.defer(stop);
  return { child, logPath: log.path, stop };
}

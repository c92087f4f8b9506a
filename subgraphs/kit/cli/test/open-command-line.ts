// Command lines of `sector` for tests of what they say: in a process of their own each, or one after
// another in one that has loaded already what each of them needs.
import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PROJECT_DIRECTORY } from '../config.ts';

/** A command line, and the whole environment that it runs in. */
export interface CommandLineAsked {
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** How a command line ended, and what it wrote. */
export interface CommandLineRan {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line of a project. */
export interface CommandLine {
  /**
   * Runs words in the process that stays; one line after the other. The code of a sector stays as it was
   * first read there, and the log is written to standard error of the test.
   */
  readonly run: (
    words: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ) => Promise<CommandLineRan>;
  /** Runs words in a process of their own, as `npm run sector` does. */
  readonly launch: CommandLine['run'];
  readonly close: () => Promise<void>;
}

/** Longest that a command line may take. */
const DEADLINE_MS = 180_000;
const FOLDER = 'subgraphs/kit/cli';

/**
 * Opens the command line of a project; its process starts with the first run.
 *
 * @param environment beside the one of the test
 * @param directory of the project, where it is not this one
 */
export function openCommandLine(
  environment: Readonly<Record<string, string>>,
  directory = PROJECT_DIRECTORY,
): CommandLine {
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const whole = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
    ...process.env,
    ...environment,
    ...more,
  });
  return {
    run(words, more = {}) {
      const asked = { words, environment: whole(more) };
      const ran = last.then(() => {
        child ??= start(directory);
        return ask(child, asked);
      });
      last = ran.catch(() => undefined);
      return ran;
    },
    launch: (words, more = {}) => launch(directory, { words, environment: whole(more) }),
    async close() {
      await last;
      if (child === null || child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function start(directory: string): ChildProcess {
  return fork(join(directory, FOLDER, 'test/command-line-process.ts'), [], {
    cwd: directory,
    execArgv: ['--import', '#typescript'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function ask(child: ChildProcess, asked: CommandLineAsked): Promise<CommandLineRan> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      reject(new Error(`${asked.words.join(' ')}: ${reason}`));
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`not done after ${DEADLINE_MS / 1_000} s`);
    }, DEADLINE_MS);
    const end = (code: number | null): void => {
      clearTimeout(timer);
      fail(`its process ended (${String(code)})`);
    };
    child.once('exit', end);
    child.once('message', (ran) => {
      clearTimeout(timer);
      child.off('exit', end);
      resolve(ran as CommandLineRan);
    });
    child.send(asked, (error) => {
      if (error) fail(error.message);
    });
  });
}

function launch(
  directory: string,
  { words, environment }: CommandLineAsked,
): Promise<CommandLineRan> {
  const line = ['--import', '#typescript', join(FOLDER, 'main.ts'), ...words];
  const options = { cwd: directory, env: environment, timeout: DEADLINE_MS };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, line, options, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') resolve({ code, stdout, stderr });
      else reject(new Error(`${words.join(' ')} did not end`, { cause: error }));
    });
  });
}

// Follows the steps of a guide as its reader would: in a shell, in the folder of a project, one after
// the other.
import { spawn, type ChildProcess } from 'node:child_process';
import { stopGroup } from '../../bench/processes/process-group.ts';
import type { GuideStep } from './read-guide.ts';

/** Longest that one step may take. */
const STEP_MS = 300_000;
const OUTPUT_MAX = 1_000_000;

/** Somebody who follows a guide. */
export interface Follower {
  /**
   * Takes one step.
   *
   * @returns what a command has written to standard output, or that of the command before
   * @throws Error with the line of the guide and what was written, for a step that fails
   */
  take(step: GuideStep): Promise<string>;
  /** Ends what is left running, the newest first. */
  stop(): Promise<void>;
}

/**
 * Makes a follower.
 *
 * @param directory of the project
 * @param replace what differs in a command from what stands in the guide
 */
export function followGuide(
  directory: string,
  env: NodeJS.ProcessEnv,
  replace: (command: string) => string,
): Follower {
  const running: ChildProcess[] = [];
  let answer = '';

  async function run(command: string, step: GuideStep, input = ''): Promise<string> {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', command], {
      cwd: directory,
      env,
      detached: true,
    });
    running.push(child);
    child.stdin.end(input);
    const written = { out: '', all: '' };
    const ended = await waitFor(child, written, step.until);
    if (ended !== 'ready') running.splice(running.indexOf(child), 1);
    if (ended === 0 || ended === 'ready') return written.out;
    throw new Error(
      `line ${step.line} of the guide (${String(ended)}): ${step.text}${written.all}`,
    );
  }

  return {
    async take(step) {
      if (step.kind === 'edit') await run('git apply --recount -', step, step.text);
      if (step.kind === 'stop') await stopGroup(lastOf(running, step));
      if (step.kind === 'run') answer = await run(replace(step.text), step);
      return answer;
    },
    async stop() {
      for (const child of running.splice(0).reverse()) await stopGroup(child);
    },
  };
}

function lastOf(running: ChildProcess[], { line }: GuideStep): ChildProcess {
  const child = running.pop();
  if (!child) throw new Error(`line ${line} of the guide stops what was not started`);
  return child;
}

/** Waits until a child ends, or has written what says that it is `ready`. */
function waitFor(
  child: ChildProcess,
  written: { out: string; all: string },
  until: string | undefined,
): Promise<number | string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stopGroup(child).then(() => {
        resolve(`not done after ${STEP_MS / 1_000} s`);
      }, reject);
    }, STEP_MS);
    const read = (text: string, isOut: boolean): void => {
      if (written.all.length < OUTPUT_MAX) written.all += text;
      if (isOut && written.out.length < OUTPUT_MAX) written.out += text;
      if (until === undefined || !written.all.includes(until)) return;
      clearTimeout(timer);
      resolve('ready');
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      read(text, true);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      read(text, false);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve(code ?? signal ?? 'ended');
    });
  });
}

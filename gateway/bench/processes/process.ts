// The processes of a measurement: started from a script of the project with the agent in it, asked
// what they have used, and stopped so that nothing is left behind.
import { fork, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_DIRECTORY } from '../../../subgraphs/kit/cli/config.ts';
import {
  PROFILE_VARIABLE,
  type AgentReply,
  type LastWords,
  type RecordedStatement,
  type Usage,
} from './agent.ts';
import { childEnvironment } from './child-environment.ts';
import { endOfChild, stopGroup } from './process-group.ts';
import { endOfLog, openLog } from './process-log.ts';
import { receiveMessages, type Message, type Receiver } from './process-messages.ts';
import type { Scope } from '../scope.ts';

/** What is started. */
export interface ProcessOptions {
  /** Names the process in messages and its log file. */
  readonly name: string;
  /** Script, relative to the project. */
  readonly script: string;
  readonly words?: readonly string[];
  /** Variables beside those that every process needs. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder for its log. */
  readonly folder: string;
  readonly scope: Scope;
  readonly profileFolder?: string | null;
}

/** A process under measurement. */
export interface MeasuredProcess {
  /** Waits for a message of a kind that the process sends by itself. */
  readonly waitFor: <T extends Message>(kind: T['kind'], timeoutMs: number) => Promise<T>;
  /** Asks what it has used. */
  readonly usage: () => Promise<Usage>;
  /** Starts noting statements. */
  readonly record: () => Promise<void>;
  /** Returns the statements since the last call. */
  readonly take: () => Promise<readonly RecordedStatement[]>;
  /** Sends a message of one's own and waits for the reply. */
  readonly call: <T>(message: object, timeoutMs: number) => Promise<T>;
  /** Waits for the end. */
  readonly ended: (timeoutMs: number) => Promise<ProcessEnd>;
  readonly stop: () => Promise<void>;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly output: string;
  /** What it had used at its end. */
  readonly usage: Usage;
}

const AGENT = pathToFileURL(join(import.meta.dirname, 'agent.ts')).href;
const ANSWER_MS = 10_000;
const OUTPUT_CHARACTERS_MAX = 1_000_000;

/** Starts a process; it is stopped with its scope. */
export async function startProcess(options: ProcessOptions): Promise<MeasuredProcess> {
  const { name, folder, scope, profileFolder = null } = options;
  const log = openLog(folder, name);
  const child = fork(join(PROJECT_DIRECTORY, options.script), options.words ?? [], {
    cwd: PROJECT_DIRECTORY,
    execArgv: ['--import', '#typescript', '--import', AGENT],
    env: childEnvironment({
      ...options.environment,
      ...profileVariable(profileFolder, name),
    }),
    // A group of its own: a Ctrl-C on the terminal reaches the measurement, which stops in order.
    detached: true,
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', log.descriptor, 'ipc'],
  });
  closeSync(log.descriptor);
  const stop = (): Promise<void> => stopGroup(child);
  await scope.defer(stop);
  const output = collectOutput(child);
  const fail = async (reason: string): Promise<never> => {
    throw new Error(`${name}: ${reason}\n${await endOfLog(log.path)}`.trimEnd());
  };
  const receive = receiveMessages(child, fail);
  const call = callerOf(child, receive);
  return {
    waitFor: async <T extends Message>(kind: T['kind'], timeoutMs: number) =>
      (await receive.next(({ kind: found }) => found === kind, timeoutMs)) as T,
    usage: async () => {
      const reply = await call<AgentReply>({ kind: 'usage' }, ANSWER_MS);
      return reply.kind === 'usage' ? reply.usage : fail('did not say what it has used');
    },
    record: async () => {
      await call({ kind: 'record' }, ANSWER_MS);
    },
    take: async () => {
      const reply = await call<AgentReply>({ kind: 'take' }, ANSWER_MS);
      return reply.kind === 'statements' ? reply.statements : [];
    },
    call,
    ended: async (timeoutMs) => {
      const exitCode = await endOfChild(child, timeoutMs);
      if (exitCode === undefined) return fail(`had not ended after ${timeoutMs / 1_000} s`);
      const words = receive.find('ending') as LastWords | undefined;
      if (!words) return fail(`ended with exit code ${String(exitCode)}`);
      return { exitCode, output: output(), usage: words.usage };
    },
    stop,
  };
}

/** Tells the agent where the CPU profile goes. */
function profileVariable(folder: string | null, name: string): Record<string, string> {
  return folder === null ? {} : { [PROFILE_VARIABLE]: join(resolve(folder), `${name}.cpuprofile`) };
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    if (text.length < OUTPUT_CHARACTERS_MAX) text += chunk;
  });
  return () => text;
}

function callerOf(child: ChildProcess, receive: Receiver): MeasuredProcess['call'] {
  let number = 0;
  return async <T>(message: object, timeoutMs: number) => {
    number += 1;
    const own = number;
    child.send({ ...message, number: own });
    return (await receive.next((reply) => reply.number === own, timeoutMs)) as T;
  };
}

// The runs of a sector's code, one after the other on one port. The next one is always started ahead,
// with the kit read and nothing of the sector, so that a save waits for the sector's own code alone.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childEnvironment } from '../config.ts';
import type { SentError } from './code-problem.ts';
import type { ChildAnswer, ChildOrder } from './sector-protocol.ts';

/** The sector could not be started with the code as it stands. */
export class SectorFailed extends Error {
  override readonly name = 'SectorFailed';
  readonly sent: SentError;

  constructor(sent: SentError) {
    super(sent.message);
    this.sent = sent;
  }
}

/** How the runs are started. */
export interface SectorRunsOptions {
  readonly sector: string;
  readonly port: number;
  /** Variables beside those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Hears that the run that listens ended of its own accord. */
  readonly onEnd: (exitCode: number | null) => void;
}

const CHILD = join(import.meta.dirname, 'sector-child.ts');
const START_MS = 60_000;
const PREPARE_MS = 120_000;
const STOP_MS = 15_000;

/** The runs of one sector; stop them in the end. */
export class SectorRuns {
  readonly #options: SectorRunsOptions;
  #spare: ChildProcess | null = null;
  #listening: ChildProcess | null = null;
  #isStopping = false;
  /** The run before, which ends what was under way in it. */
  #ending: Promise<void> = Promise.resolve();

  constructor(options: SectorRunsOptions) {
    this.#options = options;
    this.#spare = this.#start();
  }

  /**
   * Lets a new run read the code as it stands; the one that listens goes on.
   *
   * @returns what puts the new run in its place, or drops it
   * @throws SectorFailed where the code does not run
   */
  async prepare(
    withSamples: boolean,
  ): Promise<{ readonly listen: () => Promise<void>; readonly drop: () => void }> {
    const child = this.#spare ?? this.#start();
    this.#spare = null;
    try {
      await tell(child, { kind: 'prepare', sector: this.#options.sector, withSamples }, PREPARE_MS);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    return {
      listen: () => this.#replace(child),
      drop: () => child.kill('SIGKILL'),
    };
  }

  /** Starts the next run ahead; for a moment when nothing else is to be done. */
  startAhead(): void {
    if (!this.#isStopping) this.#spare ??= this.#start();
  }

  /** Ends all of them; what is under way in the one that listens is ended first. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#spare?.kill('SIGKILL');
    if (this.#listening) await end(this.#listening);
    await this.#ending;
  }

  async #replace(child: ChildProcess): Promise<void> {
    const before = this.#listening;
    this.#listening = child;
    // It stops listening at once, and ends when what is under way has.
    const ending = before && end(before);
    await tell(child, { kind: 'listen', port: this.#options.port }, START_MS);
    this.#ending = ending ?? Promise.resolve();
    child.once('exit', (exitCode) => {
      if (this.#listening === child && !this.#isStopping) this.#options.onEnd(exitCode);
    });
  }

  #start(): ChildProcess {
    return fork(CHILD, {
      execArgv: process.execArgv,
      env: childEnvironment(this.#options.environment),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }
}

/** Gives an order and waits for its answer. */
function tell(child: ChildProcess, order: ChildOrder, deadlineMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (message: string): void => {
      settle(() => {
        reject(new SectorFailed({ message, stack: '' }));
      });
    };
    const onMessage = (answer: ChildAnswer): void => {
      if (answer.kind === 'waiting') return;
      settle(() => {
        if (answer.kind === 'failed') reject(new SectorFailed(answer.error));
        else resolve();
      });
    };
    const onExit = (exitCode: number | null): void => {
      fail(`The process of the sector ended with exit code ${String(exitCode)}; its log says why.`);
    };
    const timer = setTimeout(() => {
      fail(`The sector did not answer "${order.kind}" within ${deadlineMs / 1000} s.`);
    }, deadlineMs);
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      then();
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
    child.send(order);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.send({ kind: 'stop' } satisfies ChildOrder);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

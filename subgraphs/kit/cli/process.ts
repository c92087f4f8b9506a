// A process that starts things in order, and stops them in the opposite order, whatever ends it.
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '../config.ts';
import { PublicError } from '../errors.ts';
import { createLog, type Logger } from '../log.ts';
import { loadDotEnv, readCliConfig, type CliConfig } from './config.ts';
import { listSectors } from './sectors.ts';

/** What a process is told of its own end. */
export interface Running {
  /**
   * Notes how to stop what has just been started; each is called once, last first. What is noted
   * while the process stops is stopped as well.
   */
  onStop(stop: () => Promise<void>): void;
  /** Ends the process, as failed, because of something that happened later. */
  fail(error: Error): void;
  isStopping(): boolean;
}

/** The work of a process; it goes on after the promise resolves, until a signal. */
export type Work = (running: Running, config: CliConfig, log: Logger) => Promise<void>;

/** Longest waits at the end of a process, milliseconds. */
export interface StopLimits {
  /** For one thing to stop. */
  readonly stopMs: number;
  /** For work under way to notice that it ended. */
  readonly workMs: number;
  /** For what nobody stopped, before the process ends in spite of it. */
  readonly exitMs: number;
}

const LIMITS: StopLimits = { stopMs: 30_000, workMs: 10_000, exitMs: 3_000 };

/** A signal that comes again within this time is the same one: npm repeats what the terminal sent. */
const SAME_SIGNAL_MS = 1_000;

/**
 * Reads the configuration and runs the work until SIGINT, SIGTERM or the end of the parent, then
 * stops what it started. A second signal, a second later, ends the process at once. The exit code is
 * 0 after a signal, 1 after an error.
 */
export async function runProcess(part: string, work: Work, limits = LIMITS): Promise<void> {
  let config: CliConfig;
  try {
    loadDotEnv();
    config = readCliConfig(listSectors().map((entry) => entry.name));
  } catch (error) {
    report(createLog(part, 'info'), error);
    process.exitCode = 1;
    return;
  }
  const log = createLog(part, config.logLevel, config.logForm);
  const succeeded = await runUntilStopped(log, limits, (running) => work(running, config, log));
  process.exitCode = succeeded ? 0 : 1;
  // A channel to a parent that still waits would keep this process alive.
  if (process.connected) process.disconnect();
  setTimeout(() => {
    log.warn('something was not stopped: ending in spite of it');
    process.exit();
  }, limits.exitMs).unref();
}

async function runUntilStopped(
  log: Logger,
  limits: StopLimits,
  work: (running: Running) => Promise<void>,
): Promise<boolean> {
  const stops: (() => Promise<void>)[] = [];
  let end: () => void = () => undefined;
  let breakOff: (error: Error) => void = () => undefined;
  const ending = new Promise<void>((resolve, reject) => {
    end = resolve;
    breakOff = reject;
  });
  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info(`stopping: ${reason}`);
    end();
  };
  listen(log, stop);
  const working = work({
    onStop: (entry) => stops.push(entry),
    fail: (error) => {
      if (!isStopping) breakOff(error);
    },
    isStopping: () => isStopping,
  });
  let succeeded = true;
  try {
    await Promise.race([working.then(() => ending), ending]);
  } catch (error) {
    isStopping = true;
    succeeded = false;
    report(log, error);
  }
  succeeded = (await stopAll(stops, limits.stopMs, log)) && succeeded;
  // The work may have been between two starts: what it noted since is stopped here. That it fails
  // without what has just been stopped is no news.
  await within(
    working.catch(() => undefined),
    limits.workMs,
  );
  return (await stopAll(stops, limits.stopMs, log)) && succeeded;
}

/** Tells of everything that ends a process from outside. */
function listen(log: Logger, stop: (reason: string) => void): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (firstAt !== undefined && performance.now() - firstAt > SAME_SIGNAL_MS) {
        log.fatal('told twice to stop: stopping at once');
        process.exit(1);
      }
      firstAt ??= performance.now();
      stop(signal);
    });
  }
  // Started by another process of ours: its end is the end of this one, too.
  process.on('disconnect', () => {
    stop('the parent has ended');
  });
}

/** Stops what has been noted, last first; tells whether all of it stopped in order and in time. */
async function stopAll(
  stops: (() => Promise<void>)[],
  timeoutMs: number,
  log: Logger,
): Promise<boolean> {
  let succeeded = true;
  for (let entry = stops.pop(); entry; entry = stops.pop()) {
    try {
      if (await within(entry(), timeoutMs)) continue;
      log.error(`something did not stop within ${timeoutMs} ms`);
    } catch (error) {
      log.error({ err: error }, 'something could not be stopped in order');
    }
    succeeded = false;
  }
  return succeeded;
}

/** Waits for a promise, but no longer than a time; tells whether it settled. */
async function within(promise: Promise<void>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      promise.then(() => true),
      sleep(timeoutMs, false, { signal: timer.signal }),
    ]);
  } finally {
    timer.abort();
  }
}

/** Writes an error for the person who started the process; the stack only for defects of ours. */
function report(log: Logger, error: unknown): void {
  if (error instanceof PublicError) {
    log.fatal(`${error.message} ${String(error.extensions['hint'])}`);
  } else if (error instanceof ConfigError || (error instanceof Error && error.name === 'Error')) {
    log.fatal(error.message);
  } else {
    log.fatal({ err: error }, 'failed');
  }
}

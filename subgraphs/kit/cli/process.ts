// A process that starts things in order, and stops them in the opposite order, whatever ends it.
import { ConfigError } from '../config.ts';
import { createLog, type Logger } from '../log.ts';
import { loadDotEnv, readCliConfig, type CliConfig } from './config.ts';
import { listSectors } from './sectors.ts';

/** What a process is told of its own end. */
export interface Running {
  /** Notes how to stop what has just been started; each is called once, last first. */
  onStop(stop: () => Promise<void>): void;
  /** Ends the process, as failed, because of something that happened later. */
  fail(error: Error): void;
  isStopping(): boolean;
}

/** The work of a process; it goes on after the promise resolves, until a signal. */
export type Work = (running: Running, config: CliConfig, log: Logger) => Promise<void>;

/**
 * Reads the configuration and runs the work until SIGINT, SIGTERM or the end of the parent, then
 * stops what it started. A second signal ends the process at once. The exit code is 0 after a
 * signal, 1 after an error.
 */
export async function runProcess(part: string, work: Work): Promise<void> {
  loadDotEnv();
  let config: CliConfig;
  try {
    config = readCliConfig(listSectors().map((entry) => entry.name));
  } catch (error) {
    report(createLog(part, 'info'), error);
    process.exitCode = 1;
    return;
  }
  const log = createLog(part, config.logLevel, config.logForm);
  process.exitCode = (await runUntilStopped(log, (running) => work(running, config, log))) ? 0 : 1;
  if (process.connected) process.disconnect();
}

async function runUntilStopped(
  log: Logger,
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
    if (isStopping) {
      log.fatal('told twice to stop: stopping at once');
      process.exit(1);
    }
    isStopping = true;
    log.info(`stopping: ${reason}`);
    end();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      stop(signal);
    });
  // Started by another process of ours: its end is the end of this one, too.
  process.on('disconnect', () => {
    stop('the parent has ended');
  });
  const running: Running = {
    onStop: (entry) => stops.push(entry),
    fail: (error) => {
      if (!isStopping) breakOff(error);
    },
    isStopping: () => isStopping,
  };
  let succeeded = true;
  try {
    await Promise.race([work(running).then(() => ending), ending]);
  } catch (error) {
    isStopping = true;
    succeeded = false;
    report(log, error);
  }
  for (const entry of stops.reverse()) {
    await entry().catch((error: unknown) => {
      succeeded = false;
      log.error({ err: error }, 'something could not be stopped in order');
    });
  }
  return succeeded;
}

/** Writes an error for the person who started the process; the stack only for defects of ours. */
function report(log: Logger, error: unknown): void {
  const isExpected =
    error instanceof ConfigError || (error instanceof Error && error.name === 'Error');
  if (isExpected) log.fatal(error.message);
  else log.fatal({ err: error }, 'failed');
}

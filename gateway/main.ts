// The gateway as a process: reads the configuration, starts, stops on a signal or with its parent.
import { ConfigError } from '../subgraphs/kit/config.ts';
import { PublicError } from '../subgraphs/kit/errors.ts';
import { createLog, type Logger } from '../subgraphs/kit/log.ts';
import { addToEnvironment, loadDotEnv, readConfig, type Config } from './config.ts';
import { createPage } from './playground/page.ts';
import { receiveVariables } from './receive-variables.ts';
import { startGateway } from './server.ts';

const SAME_SIGNAL_MS = 1_000;

/** A parent that starts several things begins this process before it knows all of its variables. */
const TOLD_BY_PARENT = '--told-by-parent';

process.exitCode = await main();
// A channel to a parent that still waits would keep this process alive.
if (process.connected) process.disconnect();

/** Runs until told to stop; the exit code is 0 then, and 1 after an error at the start. */
async function main(): Promise<number> {
  let config: Config;
  loadDotEnv();
  try {
    if (process.argv.includes(TOLD_BY_PARENT)) addToEnvironment(await receiveVariables());
    config = readConfig();
  } catch (error) {
    createLog('gateway', 'info').fatal(error instanceof Error ? error.message : String(error));
    return 1;
  }
  const log = createLog('gateway', config.log.level, config.log.form);
  const stopping = untilStopped();
  try {
    const gateway = await startGateway(config, {
      log,
      page: createPage,
    });
    log.info({ url: gateway.url }, 'listening');
    process.send?.({ kind: 'ready', url: gateway.url });
    log.info(`stopping: ${await stopping}`);
    await gateway.stop();
    return 0;
  } catch (error) {
    report(log, error);
    return 1;
  }
}

/** Writes why it does not start, for the person who starts it; the stack only for defects of ours. */
function report(log: Logger, error: unknown): void {
  if (error instanceof PublicError) {
    log.fatal(`${error.message} ${String(error.extensions['hint'])}`);
  } else if (error instanceof ConfigError) {
    log.fatal(error.message);
  } else {
    log.fatal({ err: error }, 'failed');
  }
}

/** Waits for a reason to stop; a second signal, a second later, ends the process at once. */
function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        // Within a second it is the same Ctrl-C: npm repeats what the terminal has sent already.
        if (firstAt !== undefined && performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1);
        firstAt ??= performance.now();
        resolve(signal);
      });
    }
    process.on('disconnect', () => {
      resolve('the parent has ended');
    });
  });
}

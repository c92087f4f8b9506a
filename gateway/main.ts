// The gateway as a process: reads the configuration, starts, stops on a signal or with its parent.
import { createLog } from '../subgraphs/kit/log.ts';
import { loadDotEnv, readConfig, type Config } from './config.ts';
import { createPage } from './playground/page.ts';
import { startGateway } from './server.ts';

process.exitCode = await main();
// A channel to a parent that still waits would keep this process alive.
if (process.connected) process.disconnect();

/** Runs until told to stop; the exit code is 0 then, and 1 after an error at the start. */
async function main(): Promise<number> {
  let config: Config;
  loadDotEnv();
  try {
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
      ...(config.playground && { page: createPage(log) }),
    });
    log.info({ url: gateway.url }, 'listening');
    process.send?.({ kind: 'ready', url: gateway.url });
    log.info(`stopping: ${await stopping}`);
    await gateway.stop();
    return 0;
  } catch (error) {
    log.fatal({ err: error }, 'failed');
    return 1;
  }
}

/** Waits for a reason to stop; a second one ends the process at once. */
function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (reason: string): void => {
      if (isStopping) process.exit(1);
      isStopping = true;
      resolve(reason);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        stop(signal);
      });
    }
    process.on('disconnect', () => {
      if (!isStopping) stop('the parent has ended');
    });
  });
}

// The sector in Python as a process of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Its folder. */
export const LICENCES_FOLDER = join(import.meta.dirname, 'licences');

/** The subjects of which it has records. */
export const LICENCES_SUBJECTS = ['91990101MA7K3P2Q8J', '91990102900000014T'] as const;

/** The running sector. */
export interface RunningLicences {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/**
 * Starts the sector.
 *
 * @param keysUrl where the gateway publishes its keys
 * @param database file of its records; it is made where it is missing
 * @throws Error where it ends or says no address in time
 */
export async function startLicences(
  python: string,
  keysUrl: string,
  database: string,
): Promise<RunningLicences> {
  const child = spawn(
    python,
    ['-B', 'server.py', '--port', '0', '--keys', keysUrl, '--database', database],
    { cwd: LICENCES_FOLDER, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-4_000)));
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => {
      reject(new Error(`The sector in Python ${why}: ${log}`));
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`did not start in ${START_TIMEOUT_MS} ms`);
    }, START_TIMEOUT_MS);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      fail('ended');
    });
    createInterface(child.stdout).once('line', (line) => {
      clearTimeout(timer);
      resolve(line);
    });
  });
  return {
    url,
    async stop() {
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(timer);
    },
  };
}

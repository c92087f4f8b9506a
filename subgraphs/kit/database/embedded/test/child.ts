// A process of its own for tests about what happens to a server when its parent is killed, is told to
// stop, or is another account.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A running child; it prints one JSON value for each line. */
export interface Child {
  readonly process: ChildProcess;
  /** Waits for the next line. Fails with the child's error output when it ends before. */
  next(): Promise<unknown>;
  /** Waits for the end. */
  ended(): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/**
 * Runs the body of a module in a child process, which can use `startCluster`,
 * `startThrowAwayCluster`, `print` (one value to us) and `directory`.
 */
export function runInChild(
  body: string,
  options: {
    readonly directory?: string;
    readonly uid?: number;
    readonly detached?: boolean;
    readonly environment?: NodeJS.ProcessEnv;
  } = {},
): Child {
  const { directory = '', uid, detached = false, environment = process.env } = options;
  const embedded = join(import.meta.dirname, '..');
  const script = `
    import { startCluster } from ${url(join(embedded, 'cluster.ts'))};
    import { startThrowAwayCluster } from ${url(join(embedded, 'throw-away-cluster.ts'))};
    const directory = ${JSON.stringify(directory)};
    const print = (value) => process.stdout.write(JSON.stringify(value) + '\\n');
    ${body}`;
  const loader = import.meta.resolve('#typescript');
  const child = spawn(
    process.execPath,
    ['--import', loader, '--input-type=module', '--eval', script],
    {
      cwd: '/',
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached,
      ...(uid !== undefined && { uid, gid: uid }),
    },
  );
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    process: child,
    async next() {
      const line = await lines.next();
      if (line.done) throw new Error(`the child ended:\n${complaints}`);
      return JSON.parse(line.value) as unknown;
    },
    async ended() {
      const [code, signal] = await ended;
      return { code, signal };
    },
  };
}

function url(path: string): string {
  return JSON.stringify(pathToFileURL(path).href);
}

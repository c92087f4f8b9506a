// Who listens where the gateway is to listen, as far as this machine tells, and what can be done: said
// before anything is started.
import { readdir, readFile, readlink } from 'node:fs/promises';
import { PublicError } from '../errors.ts';
import { isPortTaken } from './choose-port.ts';

/**
 * Does nothing where an address is free.
 *
 * @param origin `http://127.0.0.1:4000`; port 0 is always free
 * @throws PublicError when it is taken, naming the process where that can be known
 */
export async function assertAddressFree(origin: string): Promise<void> {
  const { hostname, port: written } = new URL(origin);
  const port = Number(written || 80);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!(await isPortTaken(host, port))) return;
  const [isOurs, pid] = await Promise.all([isGateway(origin), listenerOf(port)]);
  const who = pid === null ? '' : ` (process ${pid})`;
  const stop = pid === null ? 'Ctrl-C in its terminal' : `Ctrl-C in its terminal, or kill ${pid}`;
  const elsewhere = `PORT=${await freePortAfter(host, port)} npm start`;
  throw new PublicError(
    'SERVICE_UNAVAILABLE',
    isOurs
      ? `Port ${port} is taken: a graph answers at ${origin} already${who}.`
      : `Port ${port} is taken by another program${who}.`,
    {
      hint: isOurs
        ? `Use that one, stop it (${stop}), or start this one beside it: ${elsewhere}, ` +
          'with DATA_DIR=<folder> before it for data of its own.'
        : `Stop that program, or start elsewhere: ${elsewhere}.`,
    },
  );
}

/** Beyond those that the sectors of a graph take, which follow its own. */
const PORT_STEP = 10;
const PORTS_TRIED_MAX = 20;

/** A port that nobody listens on; 0, which the system chooses, where none is found. */
async function freePortAfter(host: string, port: number): Promise<number> {
  for (let step = 1; step <= PORTS_TRIED_MAX; step += 1) {
    const next = port + step * PORT_STEP;
    if (next > 65_535) break;
    if (!(await isPortTaken(host, next))) return next;
  }
  return 0;
}

const PROBE_MS = 2_000;

/** Whether a gateway of ours answers there; one that is too busy to say so counts as none. */
async function isGateway(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/health/live`, {
      signal: AbortSignal.timeout(PROBE_MS),
      redirect: 'error',
    });
    // Whoever listens there may send anything, without end.
    if (Number(response.headers.get('content-length') ?? Infinity) > 100) return false;
    return (await response.text()) === '{"status":"live"}';
  } catch {
    // Not HTTP, or no answer in time: another program, which is what false says.
    return false;
  }
}

/** The process that listens on a port; null where the system does not tell, or not this account. */
async function listenerOf(port: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'latin1').catch(() => '');
    for (const line of text.split('\n')) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state !== LISTENING || inode === undefined) continue;
      if (Number.parseInt(local?.split(':')[1] ?? '', 16) === port) inodes.add(`socket:[${inode}]`);
    }
  }
  if (inodes.size === 0) return null;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // Processes end meanwhile, and those of others are not to be read.
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (inodes.has(target)) return Number(pid);
    }
  }
  return null;
}

/** TCP_LISTEN of Linux, as its table writes it. */
const LISTENING = '0A';

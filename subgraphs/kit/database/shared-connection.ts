// One connection among those that logins share: whose turn it is, whether a session can still be used
// after an error, and its end.
import pg from 'pg';
import type { ReaderQuery } from './pool.ts';

/** A connection of a login. */
export interface SharedConnection {
  readonly client: pg.Client;
  readonly login: SharedLogin;
  /** As `performance.now()` says. */
  readonly openedAt: number;
  state: 'connecting' | 'busy' | 'idle' | 'closing' | 'gone';
  idleSince: number;
  /** Whether the session plans a statement once for all values, or as the server thinks best. */
  plansOnce: boolean;
}

/** A login that shares connections with others. */
export interface SharedLogin {
  readonly name: string;
  /** The one used last is used next, so that those beyond need stay idle. */
  readonly idle: SharedConnection[];
  /** Statements that wait for a connection, oldest first. */
  readonly waiting: ConnectionWaiter[];
  /** Connections that are being made for it. */
  connecting: number;
}

/** A statement that waits for a connection. */
export interface ConnectionWaiter {
  readonly since: number;
  readonly take: (connection: SharedConnection) => void;
  readonly fail: (error: Error) => void;
}

/**
 * How long a connection is its login's while others wait, milliseconds: a new session costs as much as
 * a dozen short statements, and logins that are all busy would take connections from each other for
 * every one of them.
 */
const TURN_MS = 250;
/** After how long without a statement its turn is over, milliseconds: its login does not come back. */
const GRACE_MS = 10;
/**
 * How long a connection rests, or a statement waits, before it no longer matters how many connections its
 * login has, milliseconds.
 */
const PATIENCE_MS = 1_000;
/** Longest wait for the end of a connection to a server that no longer answers, milliseconds. */
const END_TIMEOUT_MS = 2_000;

/** Tells how long a connection is still its login's while others wait, milliseconds. */
export function turnLeftMs({ openedAt, state, idleSince }: SharedConnection): number {
  const now = performance.now();
  const turn = openedAt + TURN_MS - now;
  const grace = state === 'idle' ? idleSince + GRACE_MS - now : turn;
  return Math.max(0, Math.min(turn, grace));
}

/**
 * Tells whether a connection may end for a statement of another login: of one that has none, or has fewer
 * by more than one. Logins that took from each other without an end would be busy with new sessions, and
 * with what each of those has to learn.
 */
export function yieldsTo(
  { login, state, idleSince }: SharedConnection,
  waiter: ConnectionWaiter,
  to: SharedLogin,
  connections: Iterable<SharedConnection>,
): boolean {
  if (isPast(waiter.since) || (state === 'idle' && isPast(idleSince))) return true;
  const others = countOf(to, connections);
  return others === 0 || countOf(login, connections) > others + 1;
}

/**
 * Says which statement comes first: the lowest does.
 *
 * @param place its place among those of its login that wait for more connections
 */
export function rankOf(
  { since }: ConnectionWaiter,
  login: SharedLogin,
  place: number,
  connections: Iterable<SharedConnection>,
): number {
  return isPast(since) ? -1 : countOf(login, connections) + place;
}

function isPast(since: number): boolean {
  return performance.now() - since >= PATIENCE_MS;
}

/** Counts the connections of a login that do not end. */
function countOf(login: SharedLogin, connections: Iterable<SharedConnection>): number {
  let count = 0;
  for (const { login: own, state } of connections) {
    if (own === login && state !== 'closing' && state !== 'gone') count += 1;
  }
  return count;
}

/** Tells an error of a statement from the end of its session, or a session whose answer is to come. */
export function leavesSessionWhole(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === 'ERROR';
}

/** Runs a statement of a connection's login, planned as it should be. */
export async function runOn<Row extends pg.QueryResultRow>(
  connection: SharedConnection,
  statement: ReaderQuery,
): Promise<pg.QueryResult<Row>> {
  const { client } = connection;
  const plansOnce = statement.isKeyed ?? false;
  if (plansOnce !== connection.plansOnce) {
    await client.query(`set plan_cache_mode = ${plansOnce ? 'force_generic_plan' : 'auto'}`);
    connection.plansOnce = plansOnce;
  }
  return client.query<Row>(statement);
}

/** Ends a session; resolves when the server has let it go, or no longer answers. */
export async function endSession(client: pg.Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, END_TIMEOUT_MS);
  });
  // An error here is one more word of a connection that is given up.
  await Promise.race([client.end().catch(() => undefined), late]);
  clearTimeout(timer);
}

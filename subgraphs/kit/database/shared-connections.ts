// Connections of several logins under one bound: opened when they are needed, kept while they are
// used, given up for a login that has fewer or waits long. One login that is alone keeps them all.
import pg from 'pg';
import { CONNECT_TIMEOUT_MS, IDLE_TIMEOUT_MS, type ReaderQuery } from './pool.ts';
import {
  endSession,
  leavesSessionWhole,
  rankOf,
  runOn,
  turnLeftMs,
  yieldsTo,
  type ConnectionWaiter,
  type SharedConnection,
  type SharedLogin,
} from './shared-connection.ts';

/** How connections are shared. */
export interface SharedConnectionsOptions {
  /** Connections at most, of all logins together; a closing one counts until it is gone. */
  readonly connectionsMax: number;
  /** Longest wait for a connection, milliseconds. Default 3,000. */
  readonly connectTimeoutMs?: number;
  /** How long a connection is kept that nobody needs, milliseconds. Default 30,000. */
  readonly idleTimeoutMs?: number;
  /** Gives the configuration of a login's session. */
  readonly configOf: (login: string) => pg.ClientConfig;
  /** Told of connections that break while nobody uses them. */
  readonly onIdleError: (error: Error) => void;
}

/** Connections that are shared by logins. */
export interface SharedConnections {
  /**
   * Runs a statement as a login.
   *
   * @throws Error of the server, of the connection, or for a wait beyond the deadline
   */
  query<Row extends pg.QueryResultRow>(
    login: string,
    statement: ReaderQuery,
  ): Promise<pg.QueryResult<Row>>;
  /** Ends every connection, those in use after their statement. May be called twice. */
  close(): Promise<void>;
}

/** Opens nothing yet: the first statement does. */
export function shareConnections(options: SharedConnectionsOptions): SharedConnections {
  const sharing = new Sharing(options);
  return {
    query: (login, statement) => sharing.query(login, statement),
    close: () => sharing.close(),
  };
}

class Sharing {
  readonly #options: SharedConnectionsOptions;
  readonly #connectTimeoutMs: number;
  readonly #logins = new Map<string, SharedLogin>();
  readonly #connections = new Set<SharedConnection>();
  readonly #sweep: NodeJS.Timeout;
  #waiting = 0;
  #turnTimer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;
  #closed: (() => void) | undefined;

  constructor(options: SharedConnectionsOptions) {
    this.#options = options;
    this.#connectTimeoutMs = options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
    const idleTimeoutMs = options.idleTimeoutMs ?? IDLE_TIMEOUT_MS;
    this.#sweep = setInterval(() => {
      this.#closeIdleSince(performance.now() - idleTimeoutMs);
    }, idleTimeoutMs / 4);
    this.#sweep.unref();
  }

  async query<Row extends pg.QueryResultRow>(
    name: string,
    statement: ReaderQuery,
  ): Promise<pg.QueryResult<Row>> {
    const login = this.#loginOf(name);
    const connection = this.#takeIdle(login, statement) ?? (await this.#wait(login));
    try {
      const result = await runOn<Row>(connection, statement);
      this.#release(connection);
      return result;
    } catch (error) {
      if (leavesSessionWhole(error)) this.#release(connection);
      else this.#end(connection);
      throw error;
    }
  }

  close(): Promise<void> {
    return (this.#closing ??= new Promise((resolve) => {
      this.#closed = resolve;
      clearInterval(this.#sweep);
      clearTimeout(this.#turnTimer);
      for (const login of this.#logins.values()) {
        for (const waiter of [...login.waiting]) waiter.fail(closedError());
      }
      this.#closeIdleSince(Infinity);
      if (this.#connections.size === 0) resolve();
    }));
  }

  #loginOf(name: string): SharedLogin {
    let login = this.#logins.get(name);
    if (login === undefined) {
      login = { name, idle: [], waiting: [], connecting: 0 };
      this.#logins.set(name, login);
    }
    return login;
  }

  /** Takes the one used last of those that plan as the statement asks, or of all where there is none. */
  #takeIdle({ idle }: SharedLogin, { isKeyed = false }: ReaderQuery): SharedConnection | undefined {
    const fitting = idle.findLastIndex(({ plansOnce }) => plansOnce === isKeyed);
    const [connection] = idle.splice(fitting, 1);
    if (connection !== undefined) connection.state = 'busy';
    return connection;
  }

  #wait(login: SharedLogin): Promise<SharedConnection> {
    if (this.#closing) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.#waiting -= 1;
        login.waiting.splice(login.waiting.indexOf(waiter), 1);
      };
      const timer = setTimeout(() => {
        waiter.fail(new Error(`no connection in ${this.#connectTimeoutMs} ms`));
      }, this.#connectTimeoutMs);
      const waiter: ConnectionWaiter = {
        since: performance.now(),
        take: (connection) => {
          leave();
          connection.state = 'busy';
          resolve(connection);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      login.waiting.push(waiter);
      this.#waiting += 1;
      this.#open();
    });
  }

  /** Gives a connection to its own login, unless its turn is over and it yields to another. */
  #release(connection: SharedConnection): void {
    const { login } = connection;
    const [own] = login.waiting;
    const [next, nextLogin] = this.#waiting === 0 ? [] : this.#oldestUnserved();
    const isWanted = nextLogin !== undefined && nextLogin !== login;
    const yields = isWanted && next && yieldsTo(connection, next, nextLogin, this.#connections);
    if (this.#closing || (yields && turnLeftMs(connection) === 0)) {
      this.#end(connection);
    } else if (own !== undefined) {
      own.take(connection);
    } else {
      connection.state = 'idle';
      connection.idleSince = performance.now();
      login.idle.push(connection);
      if (isWanted) this.#open();
    }
  }

  /** Opens connections for those that wait; where all are open, idle ones whose turn is over end. */
  #open(): void {
    for (;;) {
      const isRoom = this.#connections.size < this.#options.connectionsMax;
      const [waiter, login] = this.#oldestUnserved(isRoom ? 'by a connection' : 'by a place');
      if (waiter === undefined || login === undefined) return;
      if (isRoom) {
        this.#connect(login);
        continue;
      }
      const idle = this.#nextIdle(waiter, login);
      // Without an idle one, the next that is released sees to it.
      if (idle === undefined) return;
      const leftMs = turnLeftMs(idle);
      if (leftMs > 0) {
        clearTimeout(this.#turnTimer);
        this.#turnTimer = setTimeout(() => {
          this.#open();
        }, leftMs);
        return;
      }
      this.#end(idle);
    }
  }

  /**
   * Finds who has waited longest, of the login with the fewest connections, and is served neither by a
   * connection that is being made nor, unless those are left out, by a place that is or becomes free.
   */
  #oldestUnserved(
    served: 'by a connection' | 'by a place' = 'by a place',
  ): readonly [ConnectionWaiter, SharedLogin] | readonly [] {
    let places = served === 'by a connection' ? 0 : this.#placesComing();
    const at = new Map([...this.#logins.values()].map((login) => [login, login.connecting]));
    for (;;) {
      let oldest: readonly [ConnectionWaiter, SharedLogin] | readonly [] = [];
      let lowest = Infinity;
      for (const [login, index] of at) {
        const waiter = login.waiting[index];
        if (!waiter) continue;
        const rank = rankOf(waiter, login, index - login.connecting, this.#connections);
        if (rank > lowest || (rank === lowest && waiter.since > (oldest[0]?.since ?? 0))) continue;
        lowest = rank;
        oldest = [waiter, login];
      }
      const [, login] = oldest;
      if (login === undefined || places === 0) return oldest;
      places -= 1;
      at.set(login, (at.get(login) ?? 0) + 1);
    }
  }

  #placesComing(): number {
    let places = Math.max(0, this.#options.connectionsMax - this.#connections.size);
    for (const connection of this.#connections) if (connection.state === 'closing') places += 1;
    return places;
  }

  /** Finds the idle connection whose turn is over first, of those that may end for a login. */
  #nextIdle(waiter: ConnectionWaiter, to: SharedLogin): SharedConnection | undefined {
    let next: SharedConnection | undefined;
    for (const { idle } of this.#logins.values()) {
      for (const one of idle) {
        if (!yieldsTo(one, waiter, to, this.#connections)) continue;
        if (next === undefined || turnLeftMs(one) < turnLeftMs(next)) next = one;
      }
    }
    return next;
  }

  #connect(login: SharedLogin): void {
    const client = new pg.Client(this.#options.configOf(login.name));
    const connection: SharedConnection = {
      client,
      login,
      openedAt: performance.now(),
      state: 'connecting',
      idleSince: 0,
      plansOnce: false,
    };
    this.#connections.add(connection);
    login.connecting += 1;
    client.on('error', (error) => {
      // The statement under way, or who waits for the connection, is told by its own promise.
      if (connection.state !== 'idle') return;
      this.#options.onIdleError(error);
      this.#end(connection);
    });
    const connected = client.connect().then(
      () => {
        login.connecting -= 1;
        this.#release(connection);
      },
      (error: unknown) => {
        login.connecting -= 1;
        this.#end(connection);
        login.waiting[0]?.fail(error instanceof Error ? error : new Error(String(error)));
      },
    );
    connected.catch(this.#options.onIdleError);
  }

  /** Ends a connection; its place is free when the server has let it go. */
  #end(connection: SharedConnection): void {
    if (connection.state === 'closing' || connection.state === 'gone') return;
    const { idle } = connection.login;
    const at = connection.state === 'idle' ? idle.indexOf(connection) : -1;
    if (at >= 0) idle.splice(at, 1);
    connection.state = 'closing';
    const ended = endSession(connection.client).then(() => {
      connection.state = 'gone';
      this.#connections.delete(connection);
      if (this.#connections.size === 0) this.#closed?.();
      if (!this.#closing) this.#open();
    });
    ended.catch(this.#options.onIdleError);
  }

  #closeIdleSince(time: number): void {
    for (const { idle } of this.#logins.values()) {
      for (const connection of idle.filter(({ idleSince }) => idleSince <= time)) {
        this.#end(connection);
      }
    }
  }
}

function closedError(): Error {
  return new Error('the connections were closed');
}

// The HTTP server itself: its timeouts, and how it stops without breaking off what is under way.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { PublicError } from '../../subgraphs/kit/errors.ts';

/** How the server listens. */
export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Longest wait for requests under way when stopping, milliseconds. */
  readonly graceMs: number;
  /** Longest wait for a whole request, milliseconds; the body has a deadline of its own before. */
  readonly requestTimeoutMs: number;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  /** Takes no more connections, lets requests under way end within the grace, closes the rest. */
  readonly stop: () => Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than the usual idle time of a load balancer, which must be the one to close. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const HEADER_BYTES_MAX = 16_384;
const CONNECTIONS_CHECK_MS = 1_000;
const IDLE_CHECK_MS = 50;

/**
 * Starts to listen.
 *
 * @throws PublicError when the address cannot be had
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  let isStopping = false;
  const onRequest: RequestListener = (request, response) => {
    if (isStopping) response.shouldKeepAlive = false;
    options.handle(request, response);
  };
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: Math.max(options.requestTimeoutMs, HEADERS_TIMEOUT_MS),
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
      // Else the second Authorization header of two would be dropped without a word.
      joinDuplicateHeaders: true,
    },
    onRequest,
  );
  await new Promise<void>((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      reject(explain(error, options));
    };
    server.once('error', onError);
    server.listen(options.port, options.host, () => {
      server.off('error', onError);
      resolve();
    });
  });
  return {
    origin: originOf(server),
    stop: () => {
      isStopping = true;
      return close(server, options.graceMs);
    },
  };
}

/** What is wrong with an address, by the codes of the system. */
const HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Stop what listens there, or set PORT to another one.',
  EACCES: 'Below 1024 an account needs a right of its own: set PORT to a higher one.',
  EADDRNOTAVAIL: 'Set HOST to an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them.',
  ENOTFOUND: 'Set HOST to an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them.',
};

function explain(error: NodeJS.ErrnoException, { host, port }: ListenOptions): Error {
  const hint = HINTS[error.code ?? ''];
  if (hint === undefined) return error;
  const message =
    error.code === 'EADDRINUSE'
      ? `Port ${port} of ${host} is taken by another program.`
      : `The gateway cannot listen on port ${port} of ${host}: ${error.message}.`;
  return new PublicError('SERVICE_UNAVAILABLE', message, { hint, cause: error });
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  // A connection whose last answer was begun before the stop stays open; it is idle then.
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, IDLE_CHECK_MS);
  const grace = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(grace);
}

function originOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}

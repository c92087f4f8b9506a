// Ports for subgraphs on this machine: the usual one where it is free, else any that is.
import { createServer } from 'node:net';

/** Returns `preferred` if it is free on a host, else a free port. */
export async function choosePort(host: string, preferred: number): Promise<number> {
  for (const port of [preferred, 0]) {
    const found = await probe(host, port);
    if (typeof found === 'number') return found;
  }
  return preferred;
}

/** Tells whether another program listens on a port; whatever else is wrong with it is not told. */
export async function isPortTaken(host: string, port: number): Promise<boolean> {
  return (await probe(host, port)) === 'EADDRINUSE';
}

/** Listens for a moment; resolves with the port, or with the code of why that cannot be had. */
function probe(host: string, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code ?? 'unknown');
    });
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 'unknown');
      });
    });
  });
}

// Ports for subgraphs on this machine: the usual one where it is free, else any that is.
import { createServer } from 'node:net';

/** Returns `preferred` if it is free on a host, else a free port. */
export async function choosePort(host: string, preferred: number): Promise<number> {
  return (await probe(host, preferred)) ?? (await probe(host, 0)) ?? preferred;
}

/** Listens for a moment; null where that cannot be had. */
function probe(host: string, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(null);
    });
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : null);
      });
    });
  });
}

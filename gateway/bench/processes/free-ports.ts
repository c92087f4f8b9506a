// Ports that nobody listens on.
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Finds free ports on 127.0.0.1; they are all different. */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  // All are held until all are found, or the same one could be found twice.
  const servers = await Promise.all(Array.from({ length: count }, () => listenAnywhere()));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listenAnywhere(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

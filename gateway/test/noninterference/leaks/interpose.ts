// Stands between the gateway and a sector, as a cache would that keeps the envelope of whoever asked
// first: the leak of the second wall.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { ENVELOPE_HEADER } from '../../../../subgraphs/kit/authority/envelope.ts';
import type { Interposed } from '../worlds/open-graph.ts';

/** Passes requests on; while `isLeaking`, with the last envelope that said more than "anonymous". */
export async function interpose(url: string, isLeaking: () => boolean): Promise<Interposed> {
  let kept: string | undefined;
  const server = createServer((request, response) => {
    const envelope = String(request.headers[ENVELOPE_HEADER] ?? '');
    if (envelope !== '' && decodeJwt(envelope)['tier'] !== 'ANONYMOUS') kept = envelope;
    const sent = isLeaking() && kept !== undefined ? kept : envelope;
    pass(url, request, sent).then(
      ({ status, text }) => {
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(text);
      },
      () => response.writeHead(502).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(
  url: string,
  request: IncomingMessage,
  envelope: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-request-id': String(request.headers['x-request-id']),
      [ENVELOPE_HEADER]: envelope,
    },
    body: Buffer.concat(chunks),
  });
  return { status: answer.status, text: await answer.text() };
}

// What the gateway is compared with: @apollo/gateway in @apollo/server as their manual sets them up,
// with nothing of ours but the supergraph, from which the security features are taken out, and the
// envelope of an anonymous caller, without which no sector answers.
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { listSectors } from '../../../subgraphs/kit/cli/sectors.ts';
import { ENVELOPE_HEADER } from '../../../subgraphs/kit/authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../../../subgraphs/kit/authority/principal.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { readConfig, silenceDependencies, subgraphVariable } from '../../config.ts';
import { openEnvelopes } from '../../envelope/open-envelopes.ts';
import { loadSupergraph } from '../../supergraph/load-supergraph.ts';
import { serveUntilStopped } from './serve-until-stopped.ts';

silenceDependencies();
// Its HTTP client looks at stack traces for every request, which costs an eighth of its CPU where they
// are mapped to sources; nobody who runs it without a loader of TypeScript pays that.
process.setSourceMapsEnabled(false);
const envelopes = await openEnvelopes(readConfig().envelope, createLog('bench', 'silent'));
const content = { inquiry: ANONYMOUS_INQUIRY, standing: [] };
const server = new ApolloServer({
  gateway: new ApolloGateway({
    supergraphSdl: await readSdl(),
    buildService: ({ name, url = '' }) =>
      new RemoteGraphQLDataSource({
        url,
        willSendRequest: async ({ request }) => {
          request.http?.headers.set(ENVELOPE_HEADER, await envelopes.seal(content, name));
        },
      }),
  }),
  // It would end the process by the signal itself, before a profile is written.
  stopOnTerminationSignals: false,
});
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });

serveUntilStopped({ kind: 'ready', url }, async () => {
  await server.stop();
  await envelopes.close();
});

/** The supergraph with the addresses of the environment, so that the default data source is used. */
async function readSdl(): Promise<string> {
  const { plannerSdl } = await loadSupergraph();
  let sdl = plannerSdl;
  for (const { name, routingUrl } of listSectors()) {
    const url = process.env[subgraphVariable(name)];
    if (url) sdl = sdl.replaceAll(JSON.stringify(routingUrl), JSON.stringify(url));
  }
  return sdl;
}

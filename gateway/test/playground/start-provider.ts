// A real OpenID provider for the page: authorisation code with PKCE, refresh tokens, and access tokens
// with the claims of this graph. Its sign-in form is one button.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type ProviderConfiguration } from 'oidc-provider';

/** The reader that signs in there. */
export const READER = 'reader-of-the-provider';
/** What the page is registered as. */
export const CLIENT_ID = 'playground';
/** What the page asks for. */
export const SCOPE = 'openid credit:agency';
/** The graph, as tokens name it. */
export const AUDIENCE = 'https://graph.test';

/** A provider, with what a test turns. */
export interface SignInProvider {
  readonly issuer: string;
  /** Paths that were asked, oldest first. */
  readonly asked: string[];
  /** How long the next tokens are valid, seconds. */
  tokenSeconds: number;
  /** Whether it gives no tokens. */
  refuses: boolean;
  /** Lets the page of an origin sign in. */
  readonly register: (origin: string) => Promise<void>;
  readonly stop: () => void;
}

const FORM = `<!doctype html><html lang="en"><title>Provider</title>
  <form method="post"><button>Enter</button></form></html>`;

/** Starts it; it knows no client before one is registered. */
export async function startProvider(): Promise<SignInProvider> {
  let answer: RequestListener = (_request, response) => response.writeHead(503).end();
  const server: Server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    state.asked.push(path);
    if (state.refuses && path === '/token' && request.method === 'POST') request.destroy();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const state: SignInProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    tokenSeconds: 600,
    refuses: false,
    async register(origin) {
      answer = await listenerFor(state, origin);
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return state;
}

async function listenerFor(state: SignInProvider, origin: string): Promise<RequestListener> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'es', alg: 'ES256', use: 'sig' };
  const provider: Provider = new Provider(state.issuer, {
    jwks: { keys: [key] },
    clients: [clientOf(origin)],
    scopes: SCOPE.split(' '),
    cookies: { keys: ['a secret of this test'] },
    clientBasedCORS: (_context, asking) => asking === origin,
    issueRefreshToken: () => true,
    async loadExistingGrant({ oidc }) {
      const { clientId } = oidc.client;
      const grant = new provider.Grant({ clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope(SCOPE);
      grant.addResourceScope(AUDIENCE, 'credit:agency');
      await grant.save();
      return grant;
    },
    extraTokenClaims: () => ({
      credit_organisation: 'agency-of-the-provider',
      credit_purposes: ['CREDIT_REPORT'],
    }),
    features: featuresOf(state),
  });
  const others = provider.callback();
  return (request, response) => {
    if (!request.url?.startsWith('/interaction/')) others(request, response);
    else if (request.method === 'GET') response.setHeader('content-type', 'text/html').end(FORM);
    else {
      provider
        .interactionFinished(request, response, { login: { accountId: READER } })
        .catch((error: unknown) => response.writeHead(500).end(String(error)));
    }
  };
}

function clientOf(origin: string): object {
  return {
    client_id: CLIENT_ID,
    // A page keeps no secret: it is known by its address alone, and by PKCE.
    token_endpoint_auth_method: 'none',
    id_token_signed_response_alg: 'ES256',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${origin}/signed-in`],
  };
}

function featuresOf(state: SignInProvider): ProviderConfiguration['features'] {
  return {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => AUDIENCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'credit:agency',
        audience: AUDIENCE,
        accessTokenFormat: 'jwt',
        accessTokenTTL: state.tokenSeconds,
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  };
}

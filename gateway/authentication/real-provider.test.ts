// Against a real OAuth provider: its metadata, its keys and its tokens as they come, over HTTP.
import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider, { type ProviderConfiguration } from 'oidc-provider';
import { assertRefused } from './test/assert-refused.ts';
import { AUDIENCE, authenticationOf, bearer } from './test/test-issuer.ts';

const SECRET = 'a secret of this test';

interface RunningProvider {
  readonly issuer: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Obtains an access token by client credentials, as a service of an agency does. */
  readonly obtain: (client: string, scope: string, resource?: string) => Promise<string>;
}

/** Starts a provider with two clients: an agency, and a business that may not ask for more. */
async function startProvider(t: TestContext): Promise<RunningProvider> {
  let listener: RequestListener = () => undefined;
  const server = createServer((request, response) => {
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, await configuration());
  listener = provider.callback();
  const metadata = (await (
    await fetch(`${issuer}/.well-known/openid-configuration`)
  ).json()) as Record<string, string>;
  return {
    issuer,
    metadata,
    obtain: async (client, scope, resource = AUDIENCE) => {
      const response = await fetch(metadata['token_endpoint'] ?? '', {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${client}:${encodeURIComponent(SECRET)}`)}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource }),
      });
      const answer = (await response.json()) as { access_token?: string };
      assert.ok(answer.access_token, JSON.stringify(answer));
      return answer.access_token;
    },
  };
}

async function configuration(): Promise<ProviderConfiguration> {
  const keys: JWK[] = [];
  for (const [alg, kid] of [
    ['ES256', 'es'],
    ['RS256', 'rs'],
  ] as const) {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    keys.push({ ...(await exportJWK(privateKey)), kid, alg, use: 'sig' });
  }
  const client = (client_id: string, scope: string): object => ({
    client_id,
    client_secret: SECRET,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope,
  });
  return {
    jwks: { keys },
    clients: [
      client('agency-service', 'credit:registered credit:agency'),
      client('business-service', 'credit:registered'),
    ],
    scopes: ['credit:registered', 'credit:agency', 'credit:government'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context: unknown, resource: string) => ({
          scope: 'credit:registered credit:agency credit:government',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    extraTokenClaims: () => ({
      credit_organisation: 'agency-of-the-provider',
      credit_purposes: ['CREDIT_REPORT'],
    }),
  };
}

async function setting(t: TestContext): Promise<{
  readonly provider: RunningProvider;
  readonly authentication: Awaited<ReturnType<typeof authenticationOf>>;
}> {
  const provider = await startProvider(t);
  const authentication = await authenticationOf(t, [
    {
      issuer: provider.metadata['issuer'],
      audience: AUDIENCE,
      keys: { url: provider.metadata['jwks_uri'] },
      algorithms: ['ES256'],
    },
  ]);
  return { provider, authentication };
}

test('knows the principal of a token of a real provider', async (t) => {
  const { provider, authentication } = await setting(t);
  const token = await provider.obtain('agency-service', 'credit:agency');
  const headers = { ...bearer(token), 'credit-purpose': 'CREDIT_REPORT' };
  assert.deepEqual(await authentication.inquiryOf(headers), {
    principal: {
      tier: 'AGENCY',
      id: 'agency-service',
      organisation: 'agency-of-the-provider',
      subject: null,
      sectorsOfDuty: [],
      roles: [],
      purposes: ['CREDIT_REPORT'],
    },
    purpose: 'CREDIT_REPORT',
    caseReference: null,
  });
});

test('takes the tier that a real provider has granted, not the one asked for', async (t) => {
  const { provider, authentication } = await setting(t);
  const token = await provider.obtain('business-service', 'credit:registered');
  assert.equal((await authentication.inquiryOf(bearer(token))).principal.tier, 'REGISTERED');
  await assert.rejects(provider.obtain('business-service', 'credit:government'), /invalid_scope/);
});

test('refuses a token that a real provider made for another resource', async (t) => {
  const { provider, authentication } = await setting(t);
  const token = await provider.obtain('agency-service', 'credit:agency', 'https://other.test');
  const asked = authentication.inquiryOf(bearer(token));
  await assertRefused(asked, 'UNAUTHENTICATED', /another audience/, token);
});

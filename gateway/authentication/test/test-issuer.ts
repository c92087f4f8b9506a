// An issuer for tests: a real JWKS endpoint on localhost that can change its keys, hang and break, and
// tokens as good or as bad as a test wants them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import { createLog } from '../../../subgraphs/kit/log.ts';
import type { AuthenticationConfig } from '../../config.ts';
import {
  createAuthentication,
  type Authentication,
  type AuthenticationOptions,
} from '../create-authentication.ts';

/** What tokens of the issuer must name as their audience. */
export const AUDIENCE = 'https://graph.test';

/** A key pair of an issuer. */
export interface TestKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** An issuer on localhost. */
export interface TestIssuer {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** How often its keys were fetched. */
  readonly fetches: () => number;
  /** Publishes these keys from now on. */
  readonly publish: (...keys: readonly TestKey[]) => void;
  /** Answers by this listener from now on; undefined answers with the keys again. */
  readonly answerBy: (listener: RequestListener | undefined) => void;
  /** Closes the port; nothing answers there any more. */
  readonly stop: () => Promise<void>;
}

/** Makes a key pair. */
export async function createKey(kid: string, alg = 'EdDSA'): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { kid, alg, privateKey, publicJwk };
}

/** Starts an issuer and stops it after the test. */
export async function startIssuer(
  t: TestContext,
  ...keys: readonly TestKey[]
): Promise<TestIssuer> {
  let published = keys;
  let fetches = 0;
  let listener: RequestListener | undefined;
  const server = createServer((request, response) => {
    fetches++;
    if (listener) {
      listener(request, response);
      return;
    }
    response
      .writeHead(200, { 'content-type': 'application/jwk-set+json', connection: 'close' })
      .end(JSON.stringify({ keys: published.map(({ publicJwk }) => publicJwk) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  t.after(stop);
  return {
    issuer: `http://127.0.0.1:${port}`,
    jwksUrl: `http://127.0.0.1:${port}/jwks`,
    fetches: () => fetches,
    publish: (...next) => {
      published = next;
    },
    answerBy: (next) => {
      listener = next;
    },
    stop,
  };
}

/** Claims of a good token for an agency. */
export function agencyClaims(issuer: string, now = Date.now()): JWTPayload {
  const seconds = Math.floor(now / 1000);
  return {
    iss: issuer,
    aud: AUDIENCE,
    sub: 'caller-1',
    iat: seconds,
    exp: seconds + 600,
    scope: 'openid credit:agency',
    credit_organisation: 'agency-1',
    credit_purposes: ['CREDIT_REPORT', 'CREDIT_DECISION'],
  };
}

/** Leaves a claim out. */
export function without(claims: JWTPayload, name: string): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name));
}

/** Signs claims. */
export function sign(key: TestKey, claims: JWTPayload, header: object = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header })
    .sign(key.privateKey);
}

/** Makes a folder that is removed after the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-graph-authentication-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes the authentication of a gateway that trusts the issuers of a file, and closes it. */
export async function authenticationOf(
  t: TestContext,
  issuers: readonly object[],
  options: AuthenticationOptions = {},
  config: Partial<AuthenticationConfig> = {},
): Promise<Authentication> {
  const issuersFile = join(await temporaryFolder(t), 'issuers.json');
  await writeFile(issuersFile, JSON.stringify({ issuers }));
  const authentication = createAuthentication(
    { issuersFile, clockToleranceS: 5, developmentDirectory: null, ...config },
    createLog('test', 'silent'),
    options,
  );
  t.after(() => authentication.close());
  return authentication;
}

/** The entry of an issuer in the file of the operator. */
export function entryOf({ issuer, jwksUrl }: TestIssuer, algorithms = ['EdDSA']): object {
  return { issuer, audience: AUDIENCE, keys: { url: jwksUrl }, algorithms };
}

/** The headers of a request with a token. */
export function bearer(token: string): { readonly authorization: string } {
  return { authorization: `Bearer ${token}` };
}

// Who asks: from the headers of a request to an inquiry. Without a credential the caller is anonymous;
// with one that is not valid the request ends, and nobody is quietly taken for anonymous.
import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import {
  ANONYMOUS,
  type Inquiry,
  type Principal,
} from '../../subgraphs/kit/authority/principal.ts';
import { ConfigError } from '../../subgraphs/kit/config.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import type { AuthenticationConfig } from '../config.ts';
import { developmentIssuer } from './development/issuer.ts';
import { fetchKeySet, readKeySetFile } from './key-set.ts';
import { createKeySource, type KeySet, type KeySourceTimes } from './key-source.ts';
import { assertWithinBounds } from './issuer-bounds.ts';
import { principalOfClaims } from './principal-of-claims.ts';
import { readInquiry } from './read-inquiry.ts';
import { readIssuers, type Issuer } from './read-issuers.ts';
import { unauthenticated } from './unauthenticated.ts';
import { verifyToken, type TrustedIssuer } from './verify-token.ts';

/** Knows callers by their credentials. */
export interface Authentication {
  /**
   * Reads who asks and why.
   *
   * @throws HttpError UNAUTHENTICATED, PURPOSE_FORBIDDEN, BAD_REQUEST (the case), or
   *   SERVICE_UNAVAILABLE when the keys of an issuer cannot be read
   */
  readonly inquiryOf: (headers: IncomingHttpHeaders) => Promise<Inquiry>;
  /**
   * Reads who asks, whatever for.
   *
   * @throws HttpError as `inquiryOf` does for a credential
   */
  readonly principalOf: (headers: IncomingHttpHeaders) => Promise<Principal>;
  /** Breaks off what is being read. */
  readonly close: () => Promise<void>;
}

/** For tests: a clock, and how often keys are read. */
export interface AuthenticationOptions {
  readonly now?: () => number;
  readonly times?: Partial<KeySourceTimes>;
}

interface CachedToken {
  readonly principal: Principal;
  readonly issuer: TrustedIssuer;
  readonly keySet: KeySet;
  readonly untilMs: number;
}

const CACHED_TOKENS_MAX = 10_000;
const CACHED_MS_MAX = 300_000;

/** Issuers change keys within days and publish them ahead; ten minutes end a key that is withdrawn. */
const URL_TIMES: KeySourceTimes = {
  refreshAfterMs: 300_000,
  maxAgeMs: 600_000,
  cooldownMs: 30_000,
  retryAfterMs: 2_000,
  deadlineMs: 5_000,
};
/** A file is cheap to read. */
const FILE_TIMES: KeySourceTimes = {
  refreshAfterMs: 5_000,
  maxAgeMs: 60_000,
  cooldownMs: 1_000,
  retryAfterMs: 1_000,
  deadlineMs: 5_000,
};

/**
 * Makes the authentication of a gateway; keys are read when the first token needs them.
 *
 * @throws ConfigError listing every problem of the issuers' file
 */
export function createAuthentication(
  config: AuthenticationConfig,
  log: Logger,
  options: AuthenticationOptions = {},
): Authentication {
  const now = options.now ?? Date.now;
  const issuers = trustIssuers(config, log, { ...options, now });
  const cache = new LRUCache<string, CachedToken>({ max: CACHED_TOKENS_MAX });

  async function principalOf(authorization: string | undefined): Promise<Principal> {
    if (authorization === undefined) return ANONYMOUS;
    const token = readBearer(authorization);
    // The text of a token is a secret; its hash in a heap dump is none.
    const key = hash('sha256', token, 'base64');
    const cached = cache.get(key);
    if (cached && now() < cached.untilMs && cached.issuer.source.peek() === cached.keySet) {
      return cached.principal;
    }
    cache.delete(key);
    const at = now();
    const { claims, issuer, keySet, endsAtMs } = await verifyToken(token, issuers, at);
    const principal = principalOfClaims(claims, issuer.claims);
    assertWithinBounds(principal, issuer.bounds);
    const untilMs = Math.min(endsAtMs, at + CACHED_MS_MAX);
    cache.set(key, { principal, issuer, keySet, untilMs });
    return principal;
  }

  return {
    inquiryOf: async (headers) => readInquiry(headers, await principalOf(headers.authorization)),
    principalOf: (headers) => principalOf(headers.authorization),
    close: async () => {
      await Promise.all([...issuers.values()].map(({ source }) => source.close()));
    },
  };
}

function trustIssuers(
  { issuersFile, clockToleranceS, developmentDirectory }: AuthenticationConfig,
  log: Logger,
  { now, times }: AuthenticationOptions & { readonly now: () => number },
): ReadonlyMap<string, TrustedIssuer> {
  const trusted = new Map<string, TrustedIssuer>();
  const trust = (issuer: Issuer, missingFile: 'error' | 'empty'): void => {
    const { keys } = issuer;
    const source = createKeySource({
      read: (signal) =>
        'url' in keys ? fetchKeySet(keys.url, signal) : readKeySetFile(keys.file, missingFile),
      times: { ...('url' in keys ? URL_TIMES : FILE_TIMES), ...times },
      log: log.child({ issuer: issuer.issuer }),
      now,
    });
    trusted.set(issuer.issuer, { ...issuer, source });
  };
  for (const issuer of issuersFile === null ? [] : readIssuers(issuersFile, clockToleranceS)) {
    trust(issuer, 'error');
  }
  if (developmentDirectory !== null) {
    const issuer = developmentIssuer(developmentDirectory, clockToleranceS);
    if (trusted.has(issuer.issuer)) {
      throw new ConfigError(['TOKEN_ISSUERS_FILE: names the issuer that is for development']);
    }
    // Until somebody asks for a token of it, it has no key.
    trust(issuer, 'empty');
  }
  return trusted;
}

/** Takes the token out of the header; the scheme is told in any case, as HTTP has it. */
function readBearer(authorization: string): string {
  const [, scheme = '', rest = ''] = /^([^ ,]*) *(.*)$/s.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'bearer') {
    throw unauthenticated(
      'The Authorization header does not hold a Bearer token.',
      'Send "Authorization: Bearer " and the token; other schemes are not taken.',
    );
  }
  // Two headers arrive as one with a comma between them; no token has one.
  if (!/^[\w.~+/=-]+$/.test(rest)) {
    throw unauthenticated(
      'The Authorization header does not hold exactly one Bearer token.',
      'Send one Authorization header with "Bearer " and the token as the issuer gave it.',
    );
  }
  return rest;
}

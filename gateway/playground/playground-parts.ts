// What the page's server side is given by the gateway around it; it has nothing else.
import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../../subgraphs/kit/authority/principal.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import type { PlaygroundConfig } from '../config.ts';

/** Signs in without any provider: in development alone. */
export interface DevelopmentSignIn {
  /** The ready callers, as the page offers them. */
  readonly principals: readonly object[];
  /** Makes a token, with its end in ISO 8601; null for a name that is none of a ready caller. */
  readonly sign: (
    name: string,
  ) => Promise<{ readonly token: string; readonly expiresAt: string } | null>;
}

/** What the page's server side is made of. */
export interface PlaygroundParts {
  readonly config: PlaygroundConfig;
  readonly log: Logger;
  /** Null in production. */
  readonly development: DevelopmentSignIn | null;
  /**
   * Knows a caller by its credential.
   *
   * @throws HttpError UNAUTHENTICATED and others for a credential that is not valid
   */
  readonly principalOf: (headers: IncomingHttpHeaders) => Promise<Principal>;
  /** Longest wait for a request body, milliseconds. */
  readonly bodyTimeoutMs: number;
}

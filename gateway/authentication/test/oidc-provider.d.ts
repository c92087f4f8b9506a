// The part of oidc-provider that the tests use; the package brings no types of its own.
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
  import type { JSONWebKeySet } from 'jose';

  /** What a provider is configured with, as far as tests do. */
  export interface ProviderConfiguration {
    readonly jwks: JSONWebKeySet;
    readonly clients: readonly object[];
    readonly scopes: readonly string[];
    readonly features: Readonly<Record<string, object>>;
    /** Claims that every access token carries beside its own. */
    readonly extraTokenClaims: () => object;
    /** Whether a page of an origin may read what is answered to a client. */
    readonly clientBasedCORS?: (context: unknown, origin: string) => boolean;
    readonly issueRefreshToken?: () => boolean;
    /** What the reader has agreed to before. */
    readonly loadExistingGrant?: (context: ProviderContext) => Promise<ProviderGrant>;
    readonly cookies?: { readonly keys: readonly string[] };
  }

  /** A request under way. */
  export interface ProviderContext {
    readonly oidc: {
      readonly client: { readonly clientId: string };
      readonly session: { readonly accountId: string };
    };
  }

  /** What a reader lets a client have. */
  export interface ProviderGrant {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }

  /** An OAuth provider. */
  class Provider {
    constructor(issuer: string, configuration: ProviderConfiguration);
    readonly Grant: new (of: {
      readonly clientId: string;
      readonly accountId: string;
    }) => ProviderGrant;
    /** Answers its requests. */
    callback(): RequestListener;
    /** Ends an interaction with the reader, and goes on with what it was for. */
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
    ): Promise<void>;
  }

  export { Provider as default };
}

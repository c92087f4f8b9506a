// The part of oidc-provider that the tests use; the package brings no types of its own.
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';
  import type { JSONWebKeySet } from 'jose';

  /** What a provider is configured with, as far as tests do. */
  export interface ProviderConfiguration {
    readonly jwks: JSONWebKeySet;
    readonly clients: readonly object[];
    readonly scopes: readonly string[];
    readonly features: Readonly<Record<string, object>>;
    /** Claims that every access token carries beside its own. */
    readonly extraTokenClaims: () => object;
  }

  /** An OAuth provider. */
  class Provider {
    constructor(issuer: string, configuration: ProviderConfiguration);
    /** Answers its requests. */
    callback(): RequestListener;
  }

  export { Provider as default };
}

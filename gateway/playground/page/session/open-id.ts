// Sign-in by OpenID Connect: authorisation code with PKCE, at the provider that the operator named. The
// token is kept in memory; what survives the way to the provider and back is the verifier of the code.
import { InMemoryWebStorage, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { CALLBACK_PATH } from '../pages.ts';
import type { Credential } from './principal.ts';
import type { Settings } from './server.ts';

/** The provider, as the page uses it. */
export interface OpenId {
  /** Leaves for the provider; the page comes back at {@link CALLBACK_PATH}. */
  readonly leave: (returnTo: string) => Promise<void>;
  /** Ends the way back: the credential, and where the reader was. */
  readonly comeBack: () => Promise<{ readonly credential: Credential; readonly returnTo: string }>;
  /** Obtains a new token without leaving the page. @throws Error where the provider gives none */
  readonly renew: () => Promise<Credential>;
  readonly forget: () => void;
}

const REQUEST_TIMEOUT_S = 15;

/** Makes the provider ready; nothing is asked of it yet. */
export function openOpenId(settings: NonNullable<Settings['openId']>): OpenId {
  const manager = new UserManager({
    authority: settings.issuer,
    client_id: settings.clientId,
    scope: settings.scope,
    redirect_uri: new URL(CALLBACK_PATH, location.origin).href,
    response_type: 'code',
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    requestTimeoutInSeconds: REQUEST_TIMEOUT_S,
    automaticSilentRenew: false,
    monitorSession: false,
    loadUserInfo: false,
  });
  return {
    leave: (returnTo) => manager.signinRedirect({ state: { returnTo } }),
    async comeBack() {
      const user = await manager.signinRedirectCallback();
      return { credential: credentialOf(user), returnTo: returnPath(user.state) };
    },
    async renew() {
      const known = await manager.getUser();
      // Without a refresh token the library would turn to a hidden frame, which the page's security
      // policy does not allow; the reader signs in again instead.
      if (!known?.refresh_token) throw new Error('the provider gave no refresh token');
      const user = await manager.signinSilent();
      if (!user) throw new Error('the provider gave no new token');
      return credentialOf(user);
    },
    forget() {
      manager.removeUser().catch(reportError);
    },
  };
}

function credentialOf(user: User): Credential {
  return {
    kind: 'openid',
    name: user.profile.sub,
    token: user.access_token,
    expiresAt: user.expires_at === undefined ? null : new Date(user.expires_at * 1_000),
  };
}

/** A path of this page only: the state comes back through the address, where anyone may write. */
function returnPath(state: unknown): string {
  const { returnTo } = (state ?? {}) as { readonly returnTo?: unknown };
  return typeof returnTo === 'string' && /^\/(?![/\\])/.test(returnTo) ? returnTo : '/';
}

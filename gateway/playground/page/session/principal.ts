// Who asks, as the page knows it: what the server's endpoints and the graph itself say of a caller.
import type { QueryTier, Role } from '../../../../subgraphs/kit/authority/principal.ts';
import type { Purpose } from '../../../../subgraphs/kit/authority/purpose.ts';

/** A ready caller of a development graph, as `GET /playground/principals.json` lists it. */
export interface ReadyPrincipal {
  readonly name: string;
  readonly meaning: string;
  readonly tier: QueryTier;
  readonly organisation: string | null;
  readonly purposes: readonly Purpose[];
  readonly sectorsOfDuty: readonly string[];
  readonly subject: string | null;
  readonly roles: readonly Role[];
}

/** What the graph says of the caller. */
export interface Me {
  readonly tier: QueryTier;
  readonly organisation: string | null;
  /** The caller's own credit code. */
  readonly subject: { readonly code: string } | null;
  readonly sectorsOfDuty: readonly string[];
  readonly roles: readonly Role[];
  readonly purposes: readonly { readonly name: Purpose; readonly meaning: string }[];
}

/** What a caller shows to be known. The token is in memory and nowhere else. */
export interface Credential {
  readonly kind: 'ready' | 'pasted' | 'openid';
  /** As the page calls it: the ready caller's name, or the `sub` of the token. */
  readonly name: string;
  readonly token: string;
  /** Null where the token does not say. */
  readonly expiresAt: Date | null;
}

/** What the graph is asked about a caller. */
export const ME = `query Me {
  me { tier organisation subject { code } sectorsOfDuty roles purposes { name meaning } }
}`;

/** Somebody without a credential. */
export const NOBODY: Me = {
  tier: 'ANONYMOUS',
  organisation: null,
  subject: null,
  sectorsOfDuty: [],
  roles: [],
  purposes: [],
};

const TOKEN_CHARACTERS_MAX = 16_384;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Reads a pasted token: name and expiry for display. Whether it holds is for the gateway to say.
 *
 * @returns null for what is not a JWT in compact form
 */
export function readPastedToken(text: string): Credential | null {
  const token = text.trim().replace(/^Bearer\s+/i, '');
  if (token.length > TOKEN_CHARACTERS_MAX || !TOKEN.test(token)) return null;
  const claims = readClaims(token);
  if (claims === null) return null;
  const { sub, exp } = claims;
  return {
    kind: 'pasted',
    name: typeof sub === 'string' ? sub : '',
    token,
    expiresAt: typeof exp === 'number' && Number.isFinite(exp) ? new Date(exp * 1_000) : null,
  };
}

function readClaims(token: string): Readonly<Record<string, unknown>> | null {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch (error) {
    // Not Base64, or not JSON.
    if (error instanceof DOMException || error instanceof SyntaxError) return null;
    throw error;
  }
}

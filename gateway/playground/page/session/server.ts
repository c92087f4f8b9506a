// What the server tells the page beside the graph: its settings, and in development the ready callers
// with their tokens.
import type { ReadyPrincipal } from './principal.ts';

/** How the page may sign in, from `GET /playground/settings.json`. */
export interface Settings {
  /** `signed-in` shows nothing but the sign-in to who has no token that is accepted. */
  readonly mode: 'on' | 'signed-in';
  readonly openId: {
    readonly issuer: string;
    readonly clientId: string;
    readonly scope: string;
  } | null;
  /** Whether there are ready callers. */
  readonly development: boolean;
}

const DEADLINE_MS = 15_000;

/** Reads the settings. @throws Error when the server does not answer with them */
export async function readSettings(): Promise<Settings> {
  return (await readJson('/playground/settings.json')) as Settings;
}

/** Lists the ready callers. @throws Error when the server does not answer with them */
export async function readReadyPrincipals(): Promise<readonly ReadyPrincipal[]> {
  return (await readJson('/playground/principals.json')) as readonly ReadyPrincipal[];
}

/** Obtains a token of a ready caller. @throws Error when the server gives none */
export async function readReadyToken(
  name: string,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const answer = (await readJson('/playground/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })) as { readonly token: string; readonly expiresAt: string };
  return { token: answer.token, expiresAt: new Date(answer.expiresAt) };
}

async function readJson(path: string, request: RequestInit = {}): Promise<unknown> {
  const response = await fetch(path, {
    ...request,
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

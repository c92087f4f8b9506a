// The session: who asks, for which purpose and case. Its token lives in this object's memory; closing
// or reloading the page forgets it.
import type { Purpose } from '../../../../subgraphs/kit/authority/purpose.ts';
import {
  createAsk,
  type Answer,
  type Ask,
  type AskHeaders,
  type GraphError,
} from '../graph/ask.ts';
import { readSetting, writeSetting } from '../settings/device-settings.ts';
import { createStore } from './create-store.ts';
import { ME, NOBODY, type Credential, type Me } from './principal.ts';
import { readReadyToken, type Settings } from './server.ts';
import type { OpenId } from './open-id.ts';

/** What the page shows of the session. */
export interface SessionState {
  readonly credential: Omit<Credential, 'token'> | null;
  readonly me: Me;
  readonly purpose: Purpose | null;
  readonly caseReference: string;
  /** While who asks is being changed. */
  readonly isChanging: boolean;
  /** Why the last sign-in or renewal did not come about; null when it did. */
  readonly problem: SessionProblem | null;
}

/** Why a sign-in did not come about. */
export type SessionProblem =
  | { readonly kind: 'refused'; readonly error: GraphError }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The session and what can be done with it. */
export interface Session {
  readonly settings: Settings;
  /** Null where the operator named no provider. */
  readonly openId: OpenId | null;
  readonly ask: Ask;
  /** The headers that say who asks and why, for what does not go through `ask`. */
  readonly headers: () => AskHeaders;
  readonly state: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly signInAsReady: (name: string) => Promise<void>;
  /** Takes a credential, after the graph has accepted it; the one before stays when it does not. */
  readonly signIn: (obtain: () => Promise<Credential>) => Promise<void>;
  readonly signOut: () => void;
  /** Obtains a new token for the same caller, where that can be had without leaving the page. */
  readonly renew: () => Promise<void>;
  readonly setPurpose: (purpose: Purpose | null) => void;
  readonly setCaseReference: (text: string) => void;
}

/** Characters of a case reference; the gateway takes no more. */
export const CASE_CHARACTERS_MAX = 100;

/** Of a ready caller's purposes the one that shows most of what it may see. */
const SUITED: readonly Purpose[] = ['OWN_RECORDS', 'SUPERVISION', 'AUDIT', 'CREDIT_REPORT'];

const NOBODY_ASKS: SessionState = {
  credential: null,
  me: NOBODY,
  purpose: null,
  caseReference: '',
  isChanging: false,
  problem: null,
};

/** Starts a session of nobody. */
export function createSession(settings: Settings, openId: OpenId | null): Session {
  let token: string | null = null;
  const { state, change, subscribe } = createStore(NOBODY_ASKS);
  const headers = (): AskHeaders => {
    const { purpose, caseReference } = state();
    return { token, purpose, caseReference };
  };
  /** Of sign-ins that overlap the last one counts. */
  let turn = 0;
  const signIn = async (obtain: () => Promise<Credential>): Promise<void> => {
    turn += 1;
    const ours = turn;
    change({ isChanging: true, problem: null });
    try {
      const credential = await obtain();
      const answer = await askWho(credential.token);
      if (ours !== turn) return;
      const [error] = answer.errors;
      if (error || !answer.data) {
        change({ isChanging: false, problem: problemOf(error) });
        return;
      }
      token = credential.token;
      change({ isChanging: false, ...signedIn(state(), credential, answer.data.me) });
    } catch (error) {
      if (ours === turn) change({ isChanging: false, problem: { kind: 'failed', error } });
    }
  };
  const obtainReady = (name: string) => async (): Promise<Credential> => ({
    kind: 'ready',
    name,
    ...(await readReadyToken(name)),
  });
  return {
    settings,
    openId,
    ask: createAsk(headers),
    headers,
    state,
    subscribe,
    signIn,
    signInAsReady: (name) => signIn(obtainReady(name)),
    signOut() {
      turn += 1;
      token = null;
      writeSetting('ready-principal', null);
      writeSetting('purpose', null);
      openId?.forget();
      change({ credential: null, me: NOBODY, purpose: null, isChanging: false, problem: null });
    },
    async renew() {
      const { credential } = state();
      if (credential?.kind === 'ready') await signIn(obtainReady(credential.name));
      else if (credential?.kind === 'openid' && openId) await signIn(() => openId.renew());
    },
    setPurpose(purpose) {
      writeSetting('purpose', purpose);
      change({ purpose });
    },
    setCaseReference(text) {
      change({ caseReference: text.slice(0, CASE_CHARACTERS_MAX) });
    },
  };
}

function askWho(token: string): Promise<Answer<{ readonly me: Me }>> {
  return createAsk(() => ({ token, purpose: null, caseReference: '' }))<{ readonly me: Me }>(ME);
}

function problemOf(error: GraphError | undefined): SessionProblem {
  return error ? { kind: 'refused', error } : { kind: 'failed', error: new Error('no answer') };
}

/**
 * A purpose stays where the new caller may name it. A ready caller gets the one that suits it, so that
 * trying out needs no further step; a real one says itself why it asks.
 */
function signedIn(last: SessionState, credential: Credential, me: Me): Partial<SessionState> {
  const { kind, name, expiresAt } = credential;
  const allowed = me.purposes.map((purpose) => purpose.name);
  const kept = last.purpose ?? readSetting('purpose');
  const suited = SUITED.find((name) => allowed.includes(name)) ?? allowed[0] ?? null;
  const purpose = allowed.find((name) => name === kept) ?? (kind === 'ready' ? suited : null);
  writeSetting('ready-principal', kind === 'ready' ? name : null);
  writeSetting('purpose', purpose);
  return { credential: { kind, name, expiresAt }, me, purpose, problem: null };
}

// The session for every component below.
import { createContext, use, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { Session, SessionState } from './create-session.ts';

/** The session with its present state. */
export interface SessionInUse extends Omit<Session, 'state' | 'subscribe'> {
  readonly state: SessionState;
  /** Differs whenever an answer given before was given to somebody else. */
  readonly askerKey: string;
}

const SessionContext = createContext<Session | null>(null);

/** Gives a session to all components below. */
export function SessionProvider(props: {
  readonly session: Session;
  readonly children: ReactNode;
}): ReactNode {
  return <SessionContext value={props.session}>{props.children}</SessionContext>;
}

/** Gives the session; the component is drawn again when it changes. */
export function useSession(): SessionInUse {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession is called outside of a SessionProvider');
  const state = useSyncExternalStore(session.subscribe, session.state);
  return useMemo(() => ({ ...session, state, askerKey: askerKeyOf(state) }), [session, state]);
}

function askerKeyOf({ credential, me, purpose }: SessionState): string {
  return JSON.stringify([credential?.kind, credential?.name, me.tier, me.organisation, purpose]);
}

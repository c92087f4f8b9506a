// How long the token is valid still; renews it ahead of its end where that needs nobody's doing.
import { useEffect, useRef, useState } from 'react';
import { useSession } from './session-context.tsx';

/** What is left: milliseconds, 0 when it has ended, null where there is no end to know. */
export function useExpiry(): number | null {
  const { state, renew } = useSession();
  const { credential, isChanging, problem } = state;
  const expiresAt = credential?.expiresAt ?? null;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (expiresAt === null) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
    }, STEP_MS);
    return () => {
      clearInterval(timer);
    };
  }, [expiresAt]);
  const leftMs = expiresAt === null ? null : Math.max(0, expiresAt.getTime() - now);
  const isDue =
    leftMs !== null && leftMs < RENEW_BEFORE_MS && credential?.kind !== 'pasted' && !isChanging;
  const renewedAt = useRef(0);
  useEffect(() => {
    // A failure is told by the session and not tried again by itself; and a provider whose tokens are
    // shorter than our margin is not asked without pause.
    if (!isDue || problem !== null || now - renewedAt.current < STEP_MS) return;
    renewedAt.current = now;
    renew().catch(reportError);
  }, [isDue, problem, renew, now]);
  return leftMs;
}

const STEP_MS = 10_000;
const RENEW_BEFORE_MS = 60_000;

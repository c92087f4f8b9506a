// What `sector dev` says of the sector under work, read again as it changes. In production there is none.
import { useEffect, useState } from 'react';
import { useSession } from '../session/session-context.tsx';

/** What `sector dev` says. */
export interface DevStatus {
  readonly sector: string;
  readonly at: string;
  readonly state: 'ok' | 'failed';
  readonly problems: readonly DevProblem[];
}

/** Something that does not compose, or breaks a rule. */
export interface DevProblem {
  readonly file?: string | null;
  readonly line?: number | null;
  readonly column?: number | null;
  readonly message: string;
  readonly remedy?: string | null;
  readonly rule?: string | null;
}

const ADDRESS = '/playground/dev-status.json';
const EVERY_MS = 2_000;
const DEADLINE_MS = 10_000;

/** Reads the status while the page is looked at; null where no sector is under work. */
export function useDevStatus(): DevStatus | null {
  const { headers, settings } = useSession();
  const [status, setStatus] = useState<DevStatus | null>(null);
  const { development } = settings;
  useEffect(() => {
    if (!development) return undefined;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAgain = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        const read = await readDevStatus(headers().token);
        if (!isOver) setStatus(read);
      }
      if (!isOver) timer = setTimeout(start, EVERY_MS);
    };
    const start = (): void => {
      readAgain().catch((error: unknown) => {
        // The gateway restarts while one works on it: the next reading finds it again.
        reportError(error);
        if (!isOver) timer = setTimeout(start, EVERY_MS);
      });
    };
    start();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [development, headers]);
  return status;
}

async function readDevStatus(token: string | null): Promise<DevStatus | null> {
  const response = await fetch(ADDRESS, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  return response.status === 200 ? ((await response.json()) as DevStatus) : null;
}

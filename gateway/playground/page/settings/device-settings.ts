// The reader's choices that this device keeps: names and choices, never a token, an answer or a case.
/** What is kept: theme and language for good, the ready principal and its purpose for this tab. */
export type DeviceSetting = 'theme' | 'language' | 'ready-principal' | 'purpose';

const PREFIX = 'credit-graph:';
const CHARACTERS_MAX = 100;

/** Reads a choice; null where there is none, or the browser keeps nothing. */
export function readSetting(name: DeviceSetting): string | null {
  const value = storeOf(name)?.getItem(PREFIX + name) ?? null;
  return value !== null && value.length <= CHARACTERS_MAX ? value : null;
}

/** Keeps a choice, or forgets it with null. */
export function writeSetting(name: DeviceSetting, value: string | null): void {
  const store = storeOf(name);
  if (value === null) store?.removeItem(PREFIX + name);
  else store?.setItem(PREFIX + name, value);
}

/** A browser may forbid storage as a whole, by throwing at its mention: then choices last a visit. */
function storeOf(name: DeviceSetting): Storage | null {
  const isOfTab = name === 'ready-principal' || name === 'purpose';
  try {
    return isOfTab ? window.sessionStorage : window.localStorage;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return null;
    throw error;
  }
}

// What the page calls whoever is signed in.
import type { TFunction } from 'i18next';
import type { SessionState } from '../session/create-session.ts';

/** Names the caller in a few words. */
export function nameOfCaller(credential: SessionState['credential'], t: TFunction): string {
  if (credential === null) return t('session.nobody');
  if (credential.kind === 'pasted' && credential.name === '') return t('session.pasted');
  return credential.name;
}

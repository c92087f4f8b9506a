// States and moves in the reader's words; one that the page has no word for stays as the graph has it.
import type { TFunction } from 'i18next';
import { en } from '../texts/en.ts';

/** Names a state or a move. */
export function wordOf(t: TFunction, kind: 'state' | 'move', word: string): string {
  const known = Object.keys(en.access[kind]).includes(word);
  return known ? t(`access.${kind}.${word}` as 'access.state.LIVE') : word;
}

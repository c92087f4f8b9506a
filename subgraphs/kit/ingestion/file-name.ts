// The name of an imported file as it may be kept and shown.
import { basename } from 'node:path';
import { containsResidentNumber } from '../values/resident-number.ts';
import { WITHHELD } from './rejection.ts';

/** Names a file without its folder; a name that holds a resident number is withheld. */
export function shownFileName(path: string): string {
  const name = basename(path).replace(/[\p{Cc}\p{Cf}]/gu, '?');
  return containsResidentNumber(name) ? WITHHELD : name;
}

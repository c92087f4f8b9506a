// The name of an imported file as it may be kept and shown.
import { basename } from 'node:path';
import { containsResidentNumber } from '../values/resident-number.ts';
import { WITHHELD } from './rejection.ts';

/** Names a file without its folder; a name that holds a resident number is withheld. */
export function shownFileName(path: string): string {
  return shownName(basename(path));
}

/** Names a file with the folders below the one that is imported, each as it may be shown. */
export function shownRelativePath(path: string): string {
  return path.split(/[\\/]/).map(shownName).join('/');
}

function shownName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}]/gu, '?');
  return containsResidentNumber(plain) ? WITHHELD : plain;
}

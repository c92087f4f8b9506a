// The name of an imported file as it may be kept and shown.
import { basename, sep } from 'node:path';
import { containsResidentNumber } from '../values/resident-number.ts';
import { WITHHELD } from './rejection.ts';

/** Names a file without its folder; a name that holds a resident number is withheld. */
export function shownFileName(path: string): string {
  return shownName(basename(path));
}

/** Names a file with the folders below the one that is imported, each as it may be shown. */
export function shownRelativePath(path: string): string {
  // By the separator of this system alone: a name may hold that of another, and `..` behind it.
  return path.split(sep).map(shownName).join('/');
}

function shownName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}]/gu, '?');
  return containsResidentNumber(plain) ? WITHHELD : plain;
}

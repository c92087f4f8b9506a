// What a sector is called in the reader's language; one that the page has no word for keeps its name.
import type { TFunction } from 'i18next';
import { en } from './en.ts';

/** Names a sector. */
export function nameOfSector(name: string, t: TFunction): string {
  const known = Object.keys(en.authority.sector).find((key) => key === name);
  return known === undefined ? name : t(`authority.sector.${known as KnownSector}`);
}

type KnownSector = keyof typeof en.authority.sector;

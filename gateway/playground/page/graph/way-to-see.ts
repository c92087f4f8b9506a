// How a caller comes to see a field that it may not, in the reader's words.
import type { TFunction } from 'i18next';
import { nameOfSector } from '../texts/name-of-sector.ts';
import type { FieldAuthority } from './field-authority.ts';

/** Says the cheapest way to be allowed. */
export function wayToSee(
  t: TFunction,
  field: Pick<FieldAuthority, 'class' | 'decision' | 'sectors'>,
): string {
  const { class: needed, decision, sectors } = field;
  if (decision === 'purpose') return t('authority.way.purpose');
  if (needed === null) return t('authority.way.none');
  // What is PUBLIC and locked all the same asks for any credential.
  if (needed === 'PUBLIC') return t('authority.way.credential');
  const named = sectors.map((sector) => nameOfSector(sector, t)).join(', ');
  if (needed === 'SPECIAL' && decision === 'locked') {
    return t('authority.way.others', { sector: named });
  }
  return t(`authority.way.${needed}`, { sector: named });
}

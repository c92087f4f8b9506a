// A decision in the reader's words.
import type { TFunction } from 'i18next';
import { nameOfSector } from '../../texts/name-of-sector.ts';
import type { FieldExplanation } from './explanation.ts';

/** Names the sectors that own a field. */
export function ownersOf({ sectors }: FieldExplanation, t: TFunction): string {
  return sectors.map((name) => nameOfSector(name, t)).join(', ');
}

/** Says what would unlock a field; null for one that is allowed. */
export function wayOf(field: FieldExplanation, t: TFunction): string | null {
  if (field.decision === 'ALLOWED') return null;
  if (field.rule === 'CREDENTIAL_MISSING') return t('authority.way.credential');
  if (field.rule === 'PURPOSE_MISSING') return t('authority.way.purpose');
  if (field.class === null) return t('authority.way.none');
  // It is SPECIAL, and to this caller a grant would open nothing.
  if (field.rule === 'GRANT_MISSING') {
    return t('authority.way.others', { sector: ownersOf(field, t) });
  }
  return t(`authority.way.${field.class}`, { sector: ownersOf(field, t) });
}

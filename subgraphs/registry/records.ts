// The record table of the registry: one registration a subject, whose versions are its history.
import { stored, type RecordTable } from '../kit/index.ts';

/**
 * Registrations. Rows of individual households are REGISTERED, all others PUBLIC: the import sets it
 * by row. The subject alone is the key, so that every change of name or status is a new version.
 */
export const registrations: RecordTable = {
  type: 'Registration',
  table: 'registrations',
  class: 'PUBLIC',
  key: [],
  columns: {
    name: stored.text('name'),
    nameEnglish: stored.text('name_english'),
    formerNames: stored.json('former_names'),
    category: stored.text('category'),
    regionCode: stored.text('region_code'),
    regionName: stored.text('region_name'),
    status: stored.text('status'),
    establishedOn: stored.date('established_on'),
    endedOn: stored.date('ended_on'),
    registrar: stored.text('registrar'),
    address: stored.text('address'),
    industryCode: stored.text('industry_code'),
    industryName: stored.text('industry_name'),
    identifiers: stored.json('identifiers'),
  },
};

/** A former name as a registration holds it. */
export interface FormerName {
  readonly name: string;
  readonly nameEnglish: string | null;
  /** Last day on which it was borne, ISO date. */
  readonly until: string | null;
}

/** How a subject stands with its registrar. */
export const SUBJECT_STATUSES = ['ACTIVE', 'CANCELLED', 'REVOKED', 'MOVED_OUT'] as const;

/** One of {@link SUBJECT_STATUSES}. */
export type SubjectStatus = (typeof SUBJECT_STATUSES)[number];

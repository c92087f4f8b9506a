// The rules of who may see what, to be read by whoever answers for them. Pure: no I/O, no HTTP,
// nothing of the planner or of SQL. The gateway asks them before anything is planned, and every sector
// asks them again for each subject; so they stand here, once.
//
// Source: Guofa [2014] No. 21, IV.5: classify and grade credit information, determine query authority,
// special application for special queries.
import {
  DISCLOSURE_CLASSES,
  rankOfClass,
  stricterClass,
  type DisclosureClass,
} from './disclosure-class.ts';
import type { Inquiry, Principal } from './principal.ts';
import type { Standing } from './standing.ts';

/** What an inquiry may see in one sector: of one subject, or of all of them. */
export interface Authority {
  /** Classes of fields and rows; SPECIAL is never among them, since it is opened field by field. */
  readonly classes: readonly DisclosureClass[];
  /** Whether repaired, withdrawn and expired records are seen: by the subject itself and auditors. */
  readonly closedRecords: boolean;
  /** Coordinates of SPECIAL fields that a grant opens; rows of class SPECIAL of their types as well. */
  readonly specialFields: ReadonlySet<string>;
}

const NOTHING_SPECIAL: ReadonlySet<string> = new Set();
const ALL_BUT_SPECIAL = DISCLOSURE_CLASSES.filter((value) => value !== 'SPECIAL');

/** What a caller without a credential, or without a purpose, may see. */
export const PUBLIC_AUTHORITY: Authority = {
  classes: ['PUBLIC'],
  closedRecords: false,
  specialFields: NOTHING_SPECIAL,
};

/**
 * Decides what the tier of an inquiry may see of any subject in a sector.
 *
 * - Without a credential or a purpose: PUBLIC.
 * - REGISTERED: what is disclosed on application, as well.
 * - AGENCY: what is kept for credit reporting, as well.
 * - GOVERNMENT: the same, and in its sectors of duty what needs authorisation or duty.
 * - An auditor, for the purpose of an audit: everything but SPECIAL, closed records included.
 */
export function authorityOfTier(inquiry: Inquiry, sector: string): Authority {
  const { principal, purpose } = inquiry;
  if (purpose === null || !principal.purposes.includes(purpose)) return PUBLIC_AUTHORITY;
  if (isAudit(inquiry)) {
    return { classes: ALL_BUT_SPECIAL, closedRecords: true, specialFields: NOTHING_SPECIAL };
  }
  return {
    classes: classesOfTier(inquiry, sector),
    closedRecords: false,
    specialFields: NOTHING_SPECIAL,
  };
}

/**
 * Decides what an inquiry may see of one subject in a sector.
 *
 * - The subject itself sees everything on itself except SPECIAL, closed records included.
 * - An agency that holds the subject's consent for the purpose sees AUTHORISED.
 * - The holder of a special grant for the purpose sees the SPECIAL fields that the grant names.
 *
 * @param standing live consents and grants of this inquiry in this sector; those of other subjects
 *   are passed over
 */
export function authorityOverSubject(
  inquiry: Inquiry,
  sector: string,
  subject: string,
  standing: readonly Standing[],
): Authority {
  const ofTier = authorityOfTier(inquiry, sector);
  if (ofTier === PUBLIC_AUTHORITY || ofTier.closedRecords) return ofTier;
  if (inquiry.principal.subject === subject) {
    return { classes: ALL_BUT_SPECIAL, closedRecords: true, specialFields: NOTHING_SPECIAL };
  }
  const own = standing.filter((one) => one.subject === subject);
  if (own.length === 0) return ofTier;
  const hasConsent =
    inquiry.principal.tier === 'AGENCY' && own.some((one) => one.kind === 'CONSENT');
  const fields = own.flatMap((one) => (one.kind === 'GRANT' ? one.fields : []));
  return {
    classes: hasConsent ? withClass(ofTier.classes, 'AUTHORISED') : ofTier.classes,
    closedRecords: false,
    specialFields: fields.length === 0 ? NOTHING_SPECIAL : new Set(fields),
  };
}

/** What could open a class beyond the tier, of some subject. */
export type Opening = 'SELF' | 'CONSENT' | 'GRANT';

/** Names the standings by which an inquiry could see more of some subject than its tier sees. */
export function openingsOf(inquiry: Inquiry, sector: string): readonly Opening[] {
  const ofTier = authorityOfTier(inquiry, sector);
  if (ofTier === PUBLIC_AUTHORITY || ofTier.closedRecords) return [];
  const openings: Opening[] = ['GRANT'];
  if (inquiry.principal.subject !== null) openings.push('SELF');
  if (inquiry.principal.tier === 'AGENCY') openings.push('CONSENT');
  return openings;
}

/** Names the classes that a standing opens. */
export function classesOfOpening(opening: Opening): readonly DisclosureClass[] {
  switch (opening) {
    case 'SELF':
      return ALL_BUT_SPECIAL;
    case 'CONSENT':
      return ['AUTHORISED'];
    case 'GRANT':
      return ['SPECIAL'];
  }
}

/** Decides on a field: its class must be held, and SPECIAL must be opened for this very field. */
export function maySeeField(
  authority: Authority,
  coordinate: string,
  fieldClass: DisclosureClass,
): boolean {
  return fieldClass === 'SPECIAL'
    ? authority.specialFields.has(coordinate)
    : authority.classes.includes(fieldClass);
}

/** Where a record stands on a day, by its state and its clocks. */
export type RecordPhase =
  /** It stands, and its display covers the day: its own class counts. */
  | 'DISPLAYED'
  /** It stands, and may still be asked for: it is no longer PUBLIC. */
  | 'NOT_DISPLAYED'
  /** Repaired, withdrawn or expired: for the subject itself and auditors. */
  | 'CLOSED'
  /** Its deletion is due: for nobody. */
  | 'DELETED';

/** Least restricted class of a record that is not displayed, unless its sector is stricter. */
export const CLASS_OUTSIDE_DISPLAY: DisclosureClass = 'AUTHORISED';

/** Decides on a row of a record type. */
export function maySeeRow(
  authority: Authority,
  row: {
    readonly type: string;
    readonly class: DisclosureClass;
    readonly phase: RecordPhase;
    /** The sector's own {@link CLASS_OUTSIDE_DISPLAY} for the type, if it is stricter. */
    readonly classOutsideDisplay?: DisclosureClass;
  },
): boolean {
  if (row.phase === 'DELETED') return false;
  if (row.phase === 'CLOSED' && !authority.closedRecords) return false;
  const outside = stricterClass(row.classOutsideDisplay ?? 'PUBLIC', CLASS_OUTSIDE_DISPLAY);
  const needed = row.phase === 'DISPLAYED' ? row.class : stricterClass(row.class, outside);
  return needed === 'SPECIAL'
    ? typesOfSpecialFields(authority).has(row.type)
    : authority.classes.includes(needed);
}

/** Names the record types whose SPECIAL rows an authority opens. */
export function typesOfSpecialFields({ specialFields }: Authority): ReadonlySet<string> {
  return new Set([...specialFields].map((coordinate) => coordinate.split('.', 1)[0] ?? ''));
}

/** The most restricted class that an authority reaches, SPECIAL included. */
export function highestClass(authority: Authority): DisclosureClass {
  if (authority.specialFields.size > 0) return 'SPECIAL';
  const highest = Math.max(0, ...authority.classes.map(rankOfClass));
  return DISCLOSURE_CLASSES[highest] ?? 'PUBLIC';
}

/** Writes what an authority opens as one text: equal texts see the same. */
export function keyOfAuthority(authority: Authority): string {
  return [
    authority.classes.join(),
    authority.closedRecords ? 'closed' : '',
    [...authority.specialFields].sort().join(),
  ].join('|');
}

/** Tells an audit: by an auditor, for that purpose. */
export function isAudit({ principal, purpose }: Inquiry): boolean {
  return purpose === 'AUDIT' && isAuditor(principal);
}

/** Tells an auditor, who is an office: a credential of any other tier that claims the role is none. */
export function isAuditor({ tier, roles }: Pick<Principal, 'tier' | 'roles'>): boolean {
  return tier === 'GOVERNMENT' && roles.includes('AUDITOR');
}

function classesOfTier({ principal }: Inquiry, sector: string): readonly DisclosureClass[] {
  switch (principal.tier) {
    case 'ANONYMOUS':
      return ['PUBLIC'];
    case 'REGISTERED':
      return ['PUBLIC', 'REGISTERED'];
    case 'AGENCY':
      return ['PUBLIC', 'REGISTERED', 'AGENCY'];
    case 'GOVERNMENT':
      return principal.sectorsOfDuty.includes(sector)
        ? ALL_BUT_SPECIAL
        : ['PUBLIC', 'REGISTERED', 'AGENCY'];
  }
}

function withClass(
  classes: readonly DisclosureClass[],
  added: DisclosureClass,
): readonly DisclosureClass[] {
  return DISCLOSURE_CLASSES.filter((value) => value === added || classes.includes(value));
}

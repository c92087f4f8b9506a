// The rows of this room's tables, as they are read: columns by the names that the database has.
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import type { ApplicationState } from './moves.ts';

/** What every item is found by. */
export interface ItemKey {
  readonly subject_code: string;
  readonly id: string;
}

/** A row of `access_consents`. */
export interface ConsentRow extends ItemKey {
  readonly organisation: string;
  readonly sectors: readonly string[];
  readonly purpose: Purpose;
  readonly until: string;
  readonly given_at: string;
  readonly withdrawn_at: string | null;
}

/** A row of `access_applications`. */
export interface ApplicationRow extends ItemKey {
  readonly sector: string;
  readonly fields: readonly string[];
  readonly until: string;
  readonly standing_fields: readonly string[];
  readonly standing_until: string;
  readonly purpose: Purpose;
  readonly legal_basis: string;
  readonly case_reference: string;
  readonly organisation: string;
  readonly applicant: string;
  readonly applied_at: string;
  readonly state: Exclude<ApplicationState, 'EXPIRED'>;
  readonly version: number;
}

/** A row of `access_reviews`. */
export interface ReviewRow {
  readonly subject_code: string;
  readonly application_id: string;
  readonly reviewer: string;
  readonly organisation: string;
  readonly decision: 'APPROVE' | 'NARROW' | 'REFUSE';
  readonly fields: readonly string[];
  readonly until: string | null;
  readonly reason: string;
  readonly reviewed_at: string;
}

/** A row of `access_grants`. */
export interface GrantRow extends ItemKey {
  readonly application_id: string;
  readonly sector: string;
  readonly fields: readonly string[];
  readonly organisation: string;
  readonly purpose: Purpose;
  readonly until: string;
  readonly granted_at: string;
  readonly revoked_at: string | null;
  readonly revocation_reason: string | null;
}

/** A row of `access_moves`. */
export interface MoveRow {
  readonly subject_code: string;
  readonly item_id: string;
  readonly kind: string;
  readonly from_state: string | null;
  readonly to_state: string;
  readonly organisation: string;
  readonly moved_at: string;
  readonly reason: string | null;
}

/** The columns that are read of each table, in one order. */
export const COLUMNS = {
  consents: [
    ...['subject_code', 'id', 'organisation', 'sectors', 'purpose', 'until', 'given_at'],
    'withdrawn_at',
  ],
  applications: [
    ...['subject_code', 'id', 'sector', 'fields', 'until', 'standing_fields', 'standing_until'],
    ...['purpose', 'legal_basis', 'case_reference', 'organisation', 'applicant', 'applied_at'],
    ...['state', 'version'],
  ],
  reviews: [
    ...['subject_code', 'application_id', 'reviewer', 'organisation', 'decision', 'fields'],
    ...['until', 'reason', 'reviewed_at'],
  ],
  grants: [
    ...['subject_code', 'id', 'application_id', 'sector', 'fields', 'organisation', 'purpose'],
    ...['until', 'granted_at', 'revoked_at', 'revocation_reason'],
  ],
  moves: [
    ...['subject_code', 'item_id', 'kind', 'from_state', 'to_state', 'organisation', 'moved_at'],
    'reason',
  ],
} as const satisfies Record<string, readonly string[]>;

/** One of the tables of {@link COLUMNS}; in SQL `access_` stands before it. */
export type AccessTable = keyof typeof COLUMNS;

/** Lists the columns of a table under an alias. */
export function columnsOf(table: AccessTable, alias: string): string {
  return COLUMNS[table].map((column) => `${alias}.${column}`).join(', ');
}

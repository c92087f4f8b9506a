// What the fields of one request share: who asks, when, and through what.
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { legalDay } from '../../subgraphs/kit/values/legal-day.ts';
import type { AccessDatabase } from './access-database.ts';
import { identityOf, type Identity } from './rules.ts';
import type { SpecialFields } from './special-fields.ts';

/**
 * Says why a grant on a field would open nothing to its holder, as the way by which it would; null
 * where it could open the field.
 */
export type GrantObstacle = (
  holder: Inquiry,
  field: { readonly coordinate: string; readonly sector: string },
) => string | null;

/** One request to this room. It ends with the request. */
export interface Asking {
  readonly inquiry: Inquiry;
  readonly requestId: string;
  readonly database: AccessDatabase;
  /** Names of the sectors of the graph. */
  readonly sectors: ReadonlySet<string>;
  readonly special: SpecialFields;
  readonly grantObstacle: GrantObstacle;
  readonly now: Date;
}

/** A request of somebody, at a moment. */
export interface Caller extends Identity {
  /** The instant of the request, ISO 8601 to the millisecond. */
  readonly at: string;
  /** The legal day of the request. */
  readonly today: string;
}

/**
 * Reads who asks, and when.
 *
 * @throws PublicError ROLE_REQUIRED for a caller that is nobody
 */
export function callerOf({ inquiry, now }: Asking): Caller {
  return { ...identityOf(inquiry), at: now.toISOString(), today: legalDay(now) };
}

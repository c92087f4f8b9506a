// What a sector needs to know of an inquiry to read records: what it may see of whom, and the day.
import type { DisclosureClass } from './disclosure-class.ts';
import { authorityOfTier, authorityOverSubject, highestClass, type Authority } from './policy.ts';
import { ANONYMOUS_INQUIRY, type Inquiry } from './principal.ts';
import type { Standing } from './standing.ts';

/** The reading rights of one request in one sector. */
export interface Viewer {
  /** The legal day of the request, ISO date: clocks are compared with it. */
  readonly today: string;
  /** What may be seen of all subjects alike: in listings, searches and feeds. */
  readonly atLarge: Authority;
  /** What may be seen of one subject, by tier and by standing. */
  readonly of: (subject: string) => Authority;
}

/** Makes the viewer of an inquiry in a sector. */
export function viewerOf(
  inquiry: Inquiry,
  sector: string,
  standing: readonly Standing[],
  today: string,
): Viewer {
  const known = new Map<string, Authority>();
  return {
    today,
    atLarge: authorityOfTier(inquiry, sector),
    of(subject) {
      let authority = known.get(subject);
      if (authority === undefined) {
        authority = authorityOverSubject(inquiry, sector, subject, standing);
        known.set(subject, authority);
      }
      return authority;
    },
  };
}

/** The rights of a caller without a credential: PUBLIC only. */
export function anonymousViewer(today: string): Viewer {
  return viewerOf(ANONYMOUS_INQUIRY, '', [], today);
}

/** The roles of a sector's database that read: one a class, and one for closed records. */
export type ReaderName = DisclosureClass | 'SUBJECT';

/** Names the database role through which an authority reads. */
export function readerOf(authority: Authority): ReaderName {
  return authority.closedRecords ? 'SUBJECT' : highestClass(authority);
}

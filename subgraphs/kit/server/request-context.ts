// What the resolvers of one request share, made anew for each.
import { randomUUID } from 'node:crypto';
import type { EnvelopeContent } from '../authority/envelope.ts';
import { viewerOf } from '../authority/viewer.ts';
import type { Readers } from '../database/readers.ts';
import { createRecordLoader } from '../database/record-loader.ts';
import { trackReads } from '../database/request-reads.ts';
import type { FieldClasses } from '../authority/labels.ts';
import type { Logger } from '../log.ts';
import { legalDay } from '../values/legal-day.ts';
import type { SectorContext } from './resolver.ts';

/** What a context is made of. */
export interface ContextParts {
  /** Name of the sector: duty is duty in a sector. */
  readonly sector: string;
  readonly readers: Readers;
  readonly classes: FieldClasses;
  readonly log: Logger;
  readonly now: Date;
  /** Who asks what for, as the gateway has signed it. */
  readonly envelope: EnvelopeContent;
  /** As the caller gave it; one that is no id is replaced. */
  readonly requestId: string | undefined;
}

const REQUEST_ID = /^[\w-]{1,64}$/;

/** Makes the context of a request; it must not outlive the request, since it caches by rights. */
export function createContext({
  sector,
  readers,
  classes,
  log,
  now,
  envelope: { inquiry, standing },
  ...parts
}: ContextParts): SectorContext {
  const given = parts.requestId ?? '';
  const requestId = REQUEST_ID.test(given) ? given : randomUUID();
  const viewer = viewerOf(inquiry, sector, standing, legalDay(now));
  const reads = trackReads(readers);
  const { organisation } = inquiry.principal;
  return {
    viewer,
    records: createRecordLoader({ reads, classes, viewer }),
    reads,
    classes,
    now,
    requestId,
    // Which organisation asked; who of it, and of whom, is for the ledger of inquiries.
    log: log.child({ requestId, ...(organisation !== null && { organisation }) }),
    memo: new Map(),
  };
}

// What the resolvers of one request share, made anew for each.
import { randomUUID } from 'node:crypto';
import { anonymousViewer } from '../authority/viewer.ts';
import type { Reader } from '../database/pool.ts';
import { createRecordLoader } from '../database/record-loader.ts';
import { trackReads } from '../database/request-reads.ts';
import type { FieldClasses } from '../authority/labels.ts';
import type { Logger } from '../log.ts';
import { legalDay } from '../values/legal-day.ts';
import type { SectorContext } from './resolver.ts';

/** What a context is made of. */
export interface ContextParts {
  readonly pool: Reader;
  readonly classes: FieldClasses;
  readonly log: Logger;
  readonly now: Date;
  /** As the caller gave it; one that is no id is replaced. */
  readonly requestId: string | undefined;
}

const REQUEST_ID = /^[\w-]{1,64}$/;

/** Makes the context of a request; it must not outlive the request, since it caches by rights. */
export function createContext({ pool, classes, log, now, ...parts }: ContextParts): SectorContext {
  const given = parts.requestId ?? '';
  const requestId = REQUEST_ID.test(given) ? given : randomUUID();
  const viewer = anonymousViewer(legalDay(now));
  const reads = trackReads(pool);
  return {
    viewer,
    records: createRecordLoader(reads.reader, classes, viewer),
    pool: reads.reader,
    reads,
    classes,
    now,
    requestId,
    log: log.child({ requestId }),
    memo: new Map(),
  };
}

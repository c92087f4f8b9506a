// A sector in any language, as the suite tests it: over HTTP alone, with keys of the suite's own.
import type { SectorUnderTest } from './sector-under-test.ts';
import { openSuiteKeys } from './suite-keys.ts';

/** What has to be known of a sector that runs elsewhere. */
export interface RemoteSector extends Pick<SectorUnderTest, 'name' | 'url' | 'subjects'> {
  /** Where the keys are published; 0 takes a free port. */
  readonly keysPort: number;
  readonly outage?: SectorUnderTest['outage'];
}

/**
 * How long a sector may go without a key that it does not know, milliseconds: the gateway publishes a key
 * 45 seconds before it signs, the guide asks for "some seconds".
 */
const KEY_PATIENCE_MS = 6_000;
const PARALLEL_REQUESTS = 40;

/** Publishes keys for a sector that runs already, or will by the time it is asked. */
export async function openRemoteSector({ keysPort, outage, ...sector }: RemoteSector): Promise<{
  readonly sector: SectorUnderTest;
  readonly close: () => Promise<void>;
}> {
  const keys = await openSuiteKeys(keysPort);
  return {
    sector: {
      ...sector,
      keys,
      now: () => new Date(),
      keyPatienceMs: KEY_PATIENCE_MS,
      parallelRequests: PARALLEL_REQUESTS,
      ...(outage && { outage }),
    },
    close: keys.close,
  };
}

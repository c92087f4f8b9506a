// The readers of a test's sector, as production has them: by roles that see what the labels allow, on
// the day of the test's clock.
import { randomBytes } from 'node:crypto';
import { grantAccess } from '../database/grant-access.ts';
import { openReaders } from '../database/open-readers.ts';
import type { Readers } from '../database/readers.ts';
import { holdLegalDay } from '../database/test-legal-day.ts';
import { accessOfSector } from '../server/sector-access.ts';
import type { Sector } from '../server/sector.ts';
import { legalDay } from '../values/legal-day.ts';

const SECRET = randomBytes(32).toString('hex');
/** Nothing here is a matter of time: on a busy machine a database must not seem to be gone. */
const PATIENCE_MS = 60_000;
/** Enough for all readers: one that is handed over is a new session, which costs as much as a dozen requests. */
const CONNECTIONS_MAX = 30;
/** Fewer than there are readers: busy ones hand them over. */
const SCARCE_CONNECTIONS_MAX = 6;

/**
 * Grants the readers of a migrated database what the labels say, and opens them.
 *
 * @param url of the owner
 * @param now the clock of the test; the database follows it, also where it moves
 * @param areScarce tells whether they have fewer connections than there are readers for now
 */
export async function openTestReaders(
  sector: Sector,
  url: string,
  now?: () => Date,
  areScarce: () => boolean = () => false,
): Promise<Readers> {
  await grantAccess(url, { ...accessOfSector(sector), secret: SECRET });
  const options = {
    name: sector.name,
    secret: SECRET,
    connectTimeoutMs: PATIENCE_MS,
    statementTimeoutMs: PATIENCE_MS,
    onIdleError: () => undefined,
  };
  const usual = openReaders(url, { ...options, connectionsMax: CONNECTIONS_MAX });
  if (!now) return usual;
  const scarce = openReaders(url, { ...options, connectionsMax: SCARCE_CONNECTIONS_MAX });
  let held = '';
  let holding = Promise.resolve();
  const followClock = (): Promise<void> => {
    const day = legalDay(now());
    if (day !== held) {
      held = day;
      holding = holding.then(() => holdLegalDay(url, day));
    }
    return holding;
  };
  return {
    of: (name) => ({
      async query(statement) {
        await followClock();
        return (areScarce() ? scarce : usual).of(name).query(statement);
      },
    }),
    close: async () => {
      await Promise.all([usual.close(), scarce.close()]);
    },
  };
}

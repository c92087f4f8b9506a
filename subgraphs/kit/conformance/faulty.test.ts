// The suite can fail: of a sector without a fault it finds nothing, of one with a fault exactly what
// the fault is, in the item that is there for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULTS, type Fault } from './faulty/faults.ts';
import { openFaultySector } from './faulty/open-faulty-sector.ts';
import { runItem, type ItemReport } from './suite/conformance-item.ts';
import { openProbe } from './suite/probe.ts';
import { CONFORMANCE_ITEMS, runConformance } from './suite/run-conformance.ts';
import type { SectorUnderTest } from './suite/sector-under-test.ts';

/** These look at the same readings: what is for one another could take for its own. */
const OF_READINGS: readonly string[] = ['labels', 'refusal', 'clocks', 'provenance'];

async function over<T>(fault: Fault | null, run: (of: SectorUnderTest) => Promise<T>): Promise<T> {
  const { sector, close } = await openFaultySector(fault);
  try {
    return await run(sector);
  } finally {
    await close();
  }
}

async function runItems(
  sector: SectorUnderTest,
  ids: readonly string[],
): Promise<readonly ItemReport[]> {
  const probe = await openProbe(sector);
  const reports: ItemReport[] = [];
  for (const item of CONFORMANCE_ITEMS) {
    if (ids.includes(item.id)) reports.push(await runItem(item, probe));
  }
  return reports;
}

function assertFound(items: readonly ItemReport[], item: string, message: RegExp): void {
  const failed = items.filter(({ outcome }) => outcome === 'FAILED');
  const told = failed.flatMap(({ id, findings }) => findings.map(({ what }) => `${id}: ${what}`));
  assert.deepEqual(
    failed.map(({ id }) => id),
    [item],
    told.join('\n'),
  );
  assert.ok(
    failed[0]?.findings.some(({ what, remedy }) => message.test(what) && remedy.length > 20),
    told.join('\n'),
  );
}

test('a sector without a fault conforms, and every item has looked at something', async () => {
  const { items, conforms } = await over(null, (sector) => runConformance(sector));
  assert.deepEqual(
    items.map(({ id, outcome, findings, notLooked }) => ({ id, outcome, findings, notLooked })),
    CONFORMANCE_ITEMS.map(({ id }) => ({ id, outcome: 'PASSED', findings: [], notLooked: [] })),
  );
  assert.equal(conforms, true);
});

const withFault = new Set<string>();

for (const [fault, [item, message]] of Object.entries(FAULTS)) {
  // A whole run for one fault of each item; the others are looked for where they are to be found.
  const isFirst = !withFault.has(item);
  withFault.add(item);
  if (isFirst) {
    test(`finds ${fault}, in the item ${item} and in no other`, async () => {
      const { items, conforms } = await over(fault as Fault, (sector) => runConformance(sector));
      assert.equal(conforms, false);
      assertFound(items, item, message);
    });
  } else {
    const ids = OF_READINGS.includes(item) ? OF_READINGS : [item];
    const among = ids.length > 1 ? ' and in no other of the readings' : '';
    test(`finds ${fault}, in the item ${item}${among}`, async () => {
      const items = await over(fault as Fault, (sector) => runItems(sector, ids));
      assertFound(items, item, message);
    });
  }
}

test('every item but the one on the database has a fault here', () => {
  assert.deepEqual(
    CONFORMANCE_ITEMS.map(({ id }) => id).filter((id) => !withFault.has(id)),
    ['database'],
  );
});

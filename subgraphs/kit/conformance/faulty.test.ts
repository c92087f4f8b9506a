// The suite can fail: of a sector without a fault it finds nothing, of one with a fault exactly what
// the fault is, in the item that is there for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULTS, type Fault } from './faulty/faults.ts';
import { openFaultySector } from './faulty/open-faulty-sector.ts';
import {
  CONFORMANCE_ITEMS,
  runConformance,
  type ConformanceReport,
} from './suite/run-conformance.ts';

async function runOver(fault: Fault | null): Promise<ConformanceReport> {
  const { sector, close } = await openFaultySector(fault);
  try {
    return await runConformance(sector);
  } finally {
    await close();
  }
}

test('a sector without a fault conforms, and every item has looked at something', async () => {
  const { items, conforms } = await runOver(null);
  assert.deepEqual(
    items.map(({ id, outcome, findings, notLooked }) => ({ id, outcome, findings, notLooked })),
    CONFORMANCE_ITEMS.map(({ id }) => ({ id, outcome: 'PASSED', findings: [], notLooked: [] })),
  );
  assert.equal(conforms, true);
});

for (const [fault, [item, message]] of Object.entries(FAULTS)) {
  test(`finds ${fault}, in the item ${item} and in no other`, async () => {
    const { items, conforms } = await runOver(fault as Fault);
    assert.equal(conforms, false);
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
  });
}

test('every item but the one on the database has a fault here', () => {
  const withFault = new Set<string>(Object.values(FAULTS).map(([item]) => item));
  assert.deepEqual(
    CONFORMANCE_ITEMS.map(({ id }) => id).filter((id) => !withFault.has(id)),
    ['database'],
  );
});

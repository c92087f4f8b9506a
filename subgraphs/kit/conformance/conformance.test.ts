// Every sector that uses the kit passes every item of the conformance suite, with nothing left out.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loadSectors } from '../cli/sectors.ts';
import { openKitSector, type OpenedKitSector } from './kit-sector/open-kit-sector.ts';
import { runItem } from './suite/conformance-item.ts';
import { openProbe, type Probe } from './suite/probe.ts';
import { CONFORMANCE_ITEMS } from './suite/run-conformance.ts';
import { writeItem } from './suite/write-report.ts';

for (const { sector } of await loadSectors([])) {
  describe(`the sector ${sector.name}`, () => {
    let opened: OpenedKitSector;
    let probe: Probe;

    before(async () => {
      opened = await openKitSector(sector);
      probe = await openProbe(opened.sector);
    });

    after(() => opened.close());

    for (const item of CONFORMANCE_ITEMS) {
      test(`${item.id}: ${item.title}`, async () => {
        const report = await runItem(item, probe);
        assert.equal(report.outcome, 'PASSED', `\n${writeItem(report, (_format, text) => text)}`);
      });
    }
  });
}

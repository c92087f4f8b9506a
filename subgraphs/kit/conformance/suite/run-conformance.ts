// Runs the items of the suite over one sector, in order, and gives the report.
import { batching } from '../items/batching.ts';
import { clocks } from '../items/clocks.ts';
import { coverage } from '../items/coverage.ts';
import { envelope } from '../items/envelope.ts';
import { errors } from '../items/errors.ts';
import { labels } from '../items/labels.ts';
import { load } from '../items/load.ts';
import { paging } from '../items/paging.ts';
import { provenance } from '../items/provenance.ts';
import { readerRights } from '../items/reader-rights.ts';
import { refusal } from '../items/refusal.ts';
import { schema } from '../items/schema.ts';
import { runItem, type ConformanceItem, type ItemReport } from './conformance-item.ts';
import { openProbe } from './probe.ts';
import type { SectorUnderTest } from './sector-under-test.ts';

/** What came of a run. */
export interface ConformanceReport {
  readonly sector: string;
  /** Whether no item has failed. What was not looked at is told by the items. */
  readonly conforms: boolean;
  readonly items: readonly ItemReport[];
}

/** All items, in the order of the report. */
export const CONFORMANCE_ITEMS: readonly ConformanceItem[] = [
  schema,
  envelope,
  labels,
  refusal,
  coverage,
  clocks,
  provenance,
  paging,
  batching,
  errors,
  load,
  readerRights,
];

/**
 * Runs the suite.
 *
 * @param onItem is told of each item as it ends
 * @throws Error where the sector does not answer its schema, so that nothing can be asked
 */
export async function runConformance(
  sector: SectorUnderTest,
  onItem: (report: ItemReport) => void = () => undefined,
): Promise<ConformanceReport> {
  const probe = await openProbe(sector);
  const items: ItemReport[] = [];
  for (const item of CONFORMANCE_ITEMS) {
    const report = await runItem(item, probe);
    onItem(report);
    items.push(report);
  }
  return {
    sector: sector.name,
    conforms: items.every(({ outcome }) => outcome !== 'FAILED'),
    items,
  };
}

// The pages that are read, in a browser over the whole graph: report, access, map, sectors. One graph
// serves them all.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openPlayground } from './open-playground.ts';
import { testAccess } from './pages/access.ts';
import { testMapAndSectors } from './pages/map-and-sectors.ts';
import { testReport } from './pages/report.ts';
import { importSampleRecords } from './pages/sample-records.ts';
import { pageTest } from './pages/visiting.ts';

const directory = await mkdtemp(join(tmpdir(), 'credit-reading-pages-'));
const devStatusFile = join(directory, 'dev-status.json');
const playground = await openPlayground({ DEV_STATUS_FILE: devStatusFile });
if (playground) await importSampleRecords(playground.graph);
after(async () => {
  await playground?.close();
  await rm(directory, { recursive: true });
});

const browserTest = pageTest(playground);
testReport(browserTest);
testAccess(browserTest);
testMapAndSectors(browserTest, devStatusFile);

// The page in a browser over the whole graph: its frame, the editor, report, access, map, sectors. One
// graph and one browser serve them all, since to start them costs more than most of the tests.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openPlayground } from './open-playground.ts';
import { testAccess } from './pages/access.ts';
import { testEditor } from './pages/editor.ts';
import { testFrame } from './pages/frame.ts';
import { testHostileEditor } from './pages/hostile-editor.ts';
import { testLoading } from './pages/loading.ts';
import { testMapAndSectors } from './pages/map-and-sectors.ts';
import { testQueryAuthority } from './pages/query-authority.ts';
import { testReport } from './pages/report.ts';
import { importSampleRecords } from './pages/sample-records.ts';
import { pageTest } from './pages/visiting.ts';
import { sharePages } from './shared-pages.ts';

const directory = await mkdtemp(join(tmpdir(), 'credit-page-'));
const devStatusFile = join(directory, 'dev-status.json');
const playground = await openPlayground({ DEV_STATUS_FILE: devStatusFile });
if (playground) await importSampleRecords(playground.graph);
const pages = playground && sharePages(playground.visit);
after(async () => {
  await pages?.close();
  await playground?.close();
  await rm(directory, { recursive: true });
});

const browserTest = pageTest(playground, pages);
testFrame(browserTest, playground);
testEditor(browserTest, playground);
testLoading(playground);
testQueryAuthority(browserTest);
testHostileEditor(browserTest, playground);
testReport(browserTest);
testAccess(browserTest);
testMapAndSectors(browserTest, devStatusFile);

// A large record file through the import of the command line: how fast, with how much memory, and how
// fast it is recognised when it comes again.
import { ratingsSample } from '../../../subgraphs/tax/sample-files/ratings.ts';
import { createPopulation, SAMPLE_POPULATION } from '../../../subgraphs/kit/samples/population.ts';
import type { Receipt } from '../../../subgraphs/kit/ingestion/import-file.ts';
import type { Cell } from '../figures/figures.ts';
import { openCluster } from '../graph/graph.ts';
import { firstRowLast, makeInput, withRows } from '../graph/inputs.ts';
import { importFiles, type SectorImport } from '../graph/sector-import.ts';
import type { Workload, WorkloadContext } from '../workload.ts';

const ROWS_PER_SECOND_MIN = 25_000;
const KNOWN_ROWS_PER_SECOND_MIN = 40_000;
const PEAK_MEGABYTES_MAX = 250;
const MEGABYTE = 1_000_000;

/** Measures the import. */
export const importWorkload: Workload = async (context) => {
  const { rows } = context.options;
  const file = withRows(ratingsSample(largePopulation(rows)), rows);
  const path = await makeInput(context, file, rows);
  const otherPath = await makeInput(context, firstRowLast(file), rows);
  await openCluster(context);

  const first = await run(context, 'first', path);
  const same = await run(context, 'same file', path);
  const other = await run(context, 'same rows', otherPath);
  expect(first, { inserted: rows });
  expect(same, { alreadyImported: true });
  expect(other, { unchanged: rows });

  const { milliseconds } = receiptOf(first);
  return {
    setting: [
      `${rows.toLocaleString('en-GB')} tax ratings, a CSV file in GB 18030, by ` +
        '`npm run sector -- import` into an empty embedded database that keeps its defaults ' +
        '(fsync on); the time is that of the receipt, the memory that of the whole process.',
      'Then the same file again, and the same rows in another file, the first one last.',
    ],
    tables: [
      {
        title: 'Imports',
        columns: ['file', 'seconds', 'rows/s', 'peak memory MB'],
        rows: [
          rowOf('first time', first, rows),
          rowOf('same file again', same, null),
          rowOf('same rows in another file', other, rows),
        ],
      },
    ],
    goals: [
      {
        what: 'import',
        measured: rows / (milliseconds / 1_000),
        unit: 'rows/s',
        limit: ROWS_PER_SECOND_MIN,
        kind: 'at least',
      },
      {
        what: 'import of rows that are known',
        measured: rows / (receiptOf(other).milliseconds / 1_000),
        unit: 'rows/s',
        limit: KNOWN_ROWS_PER_SECOND_MIN,
        kind: 'at least',
      },
      {
        what: 'memory of the importing process',
        measured: Math.max(first.peakBytes, other.peakBytes) / MEGABYTE,
        unit: 'MB',
        limit: PEAK_MEGABYTES_MAX,
        kind: 'at most',
      },
    ],
  };
};

/** Every subject has one rating a year at most, and many have none. */
function largePopulation(rows: number): ReturnType<typeof createPopulation> {
  return createPopulation({ ...SAMPLE_POPULATION, size: Math.max(1_000, rows) });
}

async function run(context: WorkloadContext, name: string, path: string): Promise<SectorImport> {
  context.say(`importing: ${name}`);
  return importFiles(context, `import-${name.replaceAll(' ', '-')}`, 'tax', [path]);
}

function receiptOf({ receipts: [receipt] }: SectorImport): Receipt {
  if (!receipt) throw new Error('the import gave no receipt');
  return receipt;
}

/** A wrong import is not measured. */
function expect(done: SectorImport, wanted: Partial<Omit<Receipt, 'rejections'>>): void {
  const receipt = receiptOf(done);
  for (const [name, value] of Object.entries(wanted)) {
    if (receipt[name as keyof Receipt] === value) continue;
    throw new Error(`the receipt should say ${name}: ${String(value)}: ${JSON.stringify(receipt)}`);
  }
}

function rowOf(name: string, done: SectorImport, rows: number | null): readonly Cell[] {
  const seconds = receiptOf(done).milliseconds / 1_000;
  return [name, seconds, rows === null ? null : rows / seconds, done.peakBytes / MEGABYTE];
}

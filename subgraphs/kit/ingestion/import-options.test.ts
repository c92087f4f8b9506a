// How a file may be imported: for trial, up to a limit of refused rows, from a day on.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ImportError } from './import-error.ts';
import type { ImportOptions } from './import-file.ts';
import type { ChangedBy } from './record-file.ts';
import { parseRejectLimit } from './reject-limit.ts';
import { parseSince } from './since.ts';
import { CODE, countsOf, csv, openImportBench, type ImportBench } from './test/import-bench.ts';
import { PENALTY_FILE, PENALTY_SECTOR } from './test/penalty-sector.ts';

let bench: ImportBench;

before(async () => {
  bench = await openImportBench();
});

beforeEach(() => bench.empty());

after(() => bench.close());

/** Everything that stands in the database. */
async function contents(): Promise<unknown> {
  const penalties = await bench.rows('select * from penalties order by record_id, version');
  const batches = await bench.rows('select * from batches order by batch_id');
  const temporary = await bench.rows(`select relname from pg_class where relpersistence = 't'`);
  return { penalties, batches, temporary };
}

const isRefused =
  (pattern: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof ImportError);
    assert.equal(error.kind, 'refused');
    assert.match(error.message, pattern);
    return true;
  };

describe('a dry run', () => {
  const NEXT = csv(
    `${CODE},文1,same,2024-01-05`,
    `${CODE},文2,after,2024-01-05`,
    `${CODE},文3,,2024-01-05`,
    `${CODE},文4,,2024-02-30`,
    `${CODE},文5,one,2024-01-05`,
    `${CODE},文5,other,2024-01-05`,
  );

  test('gives the receipt that the import gives afterwards, and changes nothing', async () => {
    await bench.importText(csv(`${CODE},文1,same,2024-01-05`, `${CODE},文2,before,2024-01-05`));
    const before = await contents();
    const dry = await bench.importText(NEXT, { dryRun: true, rejectsPath: null });
    assert.deepEqual(await contents(), before);
    assert.equal(dry.dryRun, true);
    assert.equal(dry.rejectsFile, null);
    assert.deepEqual(
      dry.rejections?.map(({ line, value, reason }) => [line, value, reason]),
      [
        [5, '', 'not a day of the calendar'],
        [6, '', 'lines 6, 7 state the same record differently'],
        [7, '', 'lines 6, 7 state the same record differently'],
      ],
    );
    const real = await bench.importText(NEXT);
    assert.equal(real.alreadyImported, false);
    assert.equal(real.dryRun, false);
    assert.deepEqual(countsOf(dry), countsOf(real));
    assert.deepEqual(countsOf(real), [6, 1, 1, 1, 3]);
  });

  test('runs the hook of the sector, and takes back what it did', async () => {
    const before = await contents();
    let seen = 0;
    const sector: ImportOptions['sector'] = {
      ...PENALTY_SECTOR,
      afterMerge: async (client, batchId) => {
        const { rows } = await client.query('select 1 from penalties where batch_id = $1', [
          batchId,
        ]);
        seen = rows.length;
        await client.query(`insert into batches (batch_id, file_name, file_hash, format, bytes, state,
          started_at) values ('of the hook', '', '', '', 0, '', now())`);
      },
    };
    await bench.importText(csv(`${CODE},文1,,2024-01-05`), { sector, dryRun: true });
    assert.equal(seen, 1);
    assert.deepEqual(await contents(), before);
  });

  test('says of a known file that it is known', async () => {
    const content = csv(`${CODE},文1,,2024-01-05`);
    const { batchId } = await bench.importText(content);
    const dry = await bench.importText(content, { dryRun: true });
    assert.deepEqual([dry.alreadyImported, dry.batchId], [true, batchId]);
  });
});

describe('a limit of refused rows', () => {
  const BAD = csv(
    `${CODE},文1,,2024-01-05`,
    `${CODE},文2,,no`,
    `${CODE},文3,one,2024-01-05`,
    `${CODE},文3,other,2024-01-05`,
  );

  test('keeps a file out that has more, and its reasons stand in the rejects file', async () => {
    const before = await contents();
    for (const [limit, pattern] of [
      ['2', /^3 of the 4 rows were refused, and the limit is 2: nothing of the file was kept/],
      ['74.9%', /limit is 74\.9 %/],
      ['0', /^1 of the first 4 rows/],
    ] as const) {
      const rejectLimit = parseRejectLimit(limit);
      await assert.rejects(bench.importText(BAD, { rejectLimit }), isRefused(pattern));
      assert.deepEqual(await contents(), before);
    }
    const reasons = await readFile(join(bench.folder, 'rejects.csv'), 'utf8');
    assert.match(reasons, /penalties\.csv,3,处罚决定日期/);
  });

  test('lets a file in that has as many', async () => {
    for (const limit of ['3', '75%', '100%']) {
      await bench.empty();
      const receipt = await bench.importText(BAD, { rejectLimit: parseRejectLimit(limit) });
      assert.deepEqual(countsOf(receipt), [4, 1, 0, 0, 3]);
    }
    assert.equal((await bench.importText(csv(), { rejectLimit: parseRejectLimit('0%') })).read, 0);
  });

  test('is a number of rows or a share, nothing else', () => {
    assert.deepEqual(parseRejectLimit('100'), { kind: 'rows', max: 100 });
    assert.deepEqual(parseRejectLimit(' 2.5 % '), { kind: 'percent', max: 2.5 });
    for (const text of ['', '-1', '2.5', '101%', '1e3', '%', 'ten', '1%%']) {
      assert.throws(() => parseRejectLimit(text), /takes a number of rows/, text);
    }
  });
});

describe('a feed', () => {
  /** The day of decision is that of the publication. */
  const published = (changedBy: ChangedBy): ImportOptions['sector'] => ({
    name: 'test',
    files: [
      {
        ...PENALTY_FILE,
        changedBy,
        draft(cells, reject) {
          const draft = PENALTY_FILE.draft(cells, reject);
          return { ...draft, source: { ...draft.source, publishedOn: draft.source.decidedOn } };
        },
      },
    ],
  });
  const DATED = published([]);
  const FEED = csv(
    `${CODE},文1,,2024-01-04`,
    `${CODE},文2,,2024-01-05`,
    `${CODE},文3,,2024-01-06`,
    `${CODE},文4,,no`,
  );

  test('is read from a day on; older rows are skipped and counted', async () => {
    const since = parseSince('2024-01-05');
    const receipt = await bench.importText(FEED, { sector: DATED, since });
    assert.deepEqual([...countsOf(receipt), receipt.skipped], [4, 2, 0, 0, 1, 1]);
    assert.equal(receipt.since, '2024-01-05');
    const again = await bench.importText(FEED, { sector: DATED, since });
    assert.equal(again.alreadyImported, true);
  });

  test('read from one day on is not known from an earlier one, nor as a whole', async () => {
    await bench.importText(FEED, { sector: DATED, since: parseSince('2024-01-06') });
    const earlier = { sector: DATED, since: parseSince('2024-01-05') };
    assert.deepEqual(countsOf(await bench.importText(FEED, earlier)), [4, 1, 0, 1, 1]);
    assert.deepEqual(countsOf(await bench.importText(FEED, { sector: DATED })), [4, 1, 0, 2, 1]);
    const part = await bench.importText(FEED, { sector: DATED, since: parseSince('2024-01-06') });
    assert.equal(part.alreadyImported, true);
    const other = await bench.importText(FEED, { sector: DATED, since: parseSince('2020-01-01') });
    assert.equal(other.alreadyImported, true, 'the whole file is in');
  });

  test('whose rows do not say when they changed is read whole', async () => {
    const receipt = await bench.importText(FEED, { since: parseSince('2030-01-01') });
    assert.deepEqual([...countsOf(receipt), receipt.skipped], [4, 3, 0, 0, 1, 0]);
  });

  test('is news by any of its days, and by the time at which it was updated', async () => {
    const content =
      'uscc,documentNumber,decidedOn,validUntil,retrievedAt\n' +
      `${CODE},文1,2024-01-05,2024-01-31,\n` +
      `${CODE},文2,2024-01-05,2024-02-01,\n` +
      `${CODE},文3,2024-01-05,,2024-02-01T07:59:59+08:00\n` +
      `${CODE},文4,2024-01-05,,2024-02-01T08:00:00+08:00\n`;
    const since = parseSince('2024-02-01T00:00:00Z');
    const skippedOf = async (changedBy: ChangedBy): Promise<number> => {
      await bench.empty();
      return (await bench.importText(content, { sector: published(changedBy), since })).skipped;
    };
    assert.equal(await skippedOf([]), 3);
    assert.equal(await skippedOf(['validUntil']), 2);
    assert.equal(await skippedOf('updateTime'), 1, 'the rows without a time are read');
  });

  test('is read from the day of the last import on; the first time as a whole', async () => {
    const first = await bench.importText(FEED, { sector: DATED, since: 'last' });
    assert.deepEqual([first.read, first.skipped, first.since], [4, 0, null]);
    await bench.rows(`update batches set finished_at = '2024-01-05T16:30:00Z'`);
    const second = await bench.importText(`${FEED}\n`, { sector: DATED, since: 'last' });
    assert.equal(second.since, '2024-01-06', 'half past midnight in China');
    assert.deepEqual([...countsOf(second), second.skipped], [4, 0, 0, 1, 1, 2]);
  });

  test('begins on a day or at an instant with its zone', () => {
    assert.deepEqual(parseSince('2026-03-01'), {
      day: '2026-03-01',
      instant: '2026-02-28T16:00:00.000Z',
    });
    assert.deepEqual(parseSince('2026-03-01T20:00:00Z').day, '2026-03-02');
    for (const text of ['', 'yesterday', '2026-02-30', '2026-03-01T08:00:00', '01/03/2026']) {
      assert.throws(() => parseSince(text), /--since takes a day/, text);
    }
  });
});

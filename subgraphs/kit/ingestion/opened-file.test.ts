// How much of a file is under way at once, whatever pieces its bytes come in.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { IMPORT_LIMITS } from './import-limits.ts';
import { openRecordFile } from './opened-file.ts';
import { PENALTY_SECTOR } from './test/penalty-sector.ts';

const HEADINGS = '统一社会信用代码,行政处罚决定书文号,违法事实,处罚决定日期';
const ROW = '91990101MA7K3P2Q8J,第1号,超标排放,2024-01-05';
const ROWS = 20_000;
/** As many of these rows as 32 KiB hold, and one that a piece has cut. */
const BATCH_ROWS_MAX = Math.ceil(32_768 / Buffer.byteLength(`${ROW}\n`)) + 1;

test('rows come in small batches though the bytes come in one piece', async () => {
  const bytes = Buffer.from(
    `${[HEADINGS, ...Array.from({ length: ROWS }, () => ROW)].join('\n')}\n`,
  );
  const opened = await openRecordFile(inOnePiece(bytes), PENALTY_SECTOR.files, IMPORT_LIMITS);
  const sizes: number[] = [];
  for await (const rows of opened.source.batches()) sizes.push(rows.length);
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    ROWS,
  );
  assert.ok(Math.max(...sizes) <= BATCH_ROWS_MAX, `${Math.max(...sizes)} rows at once`);
  assert.equal(opened.bytesRead(), bytes.length);
  assert.equal(opened.hash(), createHash('sha256').update(bytes).digest('hex'));
});

// oxlint-disable-next-line typescript/require-await -- a file would wait
async function* inOnePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

// The column mapping of the guide does what the guide says.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { files } from '../../tax/imports.ts';
import { readColumnMapping } from './column-mapping.ts';
import { chooseFormat } from './format-detection.ts';
import { IMPORT_LIMITS } from './import-limits.ts';
import { openRecordFile } from './opened-file.ts';
import type { RecordDraft } from './record-file.ts';
import { rowReader } from './row-reader.ts';

test('the mapping of the guide reads its example into a record', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
  const example = /<!-- column mapping: begin -->([^]*)<!-- column mapping: end -->/.exec(
    guide,
  )?.[1];
  const [, yaml = '', csv = ''] =
    /```yaml\n([^]*?)```[^]*```csv\n([^]*?)```/.exec(example ?? '') ?? [];
  const mapping = readColumnMapping(yaml, files);
  const bytes = (async function* () {
    yield await Promise.resolve(Buffer.from(csv));
  })();
  const { source } = await openRecordFile(bytes, [mapping.format], IMPORT_LIMITS);
  mapping.assertFits(source);
  const read = rowReader(chooseFormat([mapping.format], source.headings), source.headings);
  const drafts: unknown[] = [];
  for await (const rows of source.batches()) drafts.push(...rows.map(read));
  assert.equal(drafts.length, 1);
  const draft = drafts[0] as RecordDraft;
  assert.equal(draft.subjectCode, '91990101MA7K3P2Q8J');
  assert.equal(draft.source.decidedOn, '2026-03-05');
  assert.equal(draft.source.publisher, '沧岭市税务局');
  assert.equal(draft.state, undefined);
  const { severity, fine, kinds } = draft.values;
  assert.deepEqual(
    [severity, fine, kinds],
    ['GENERAL', { minorUnits: 200_000, currency: 'CNY' }, ['FINE']],
  );
});

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createPopulation, SAMPLE_POPULATION } from '../samples/population.ts';
import { isDamaged } from '../samples/sample-file.ts';
import { FIRST_SUBJECT_CODE } from '../samples/sample-subject.ts';
import { findStaleSamples } from '../samples/write-samples.ts';
import { containsResidentNumber } from '../values/resident-number.ts';
import { loadSampleSource, sectorsWithSamples, writeSectorSamples } from './samples.ts';

const SUBGRAPHS = join(import.meta.dirname, '..', '..');
const population = createPopulation(SAMPLE_POPULATION);

for (const sector of await sectorsWithSamples()) {
  const source = await loadSampleSource(sector);

  test(`the checked-in samples of ${sector} are those that its code writes`, async () => {
    const stale = await findStaleSamples(source, population, join(SUBGRAPHS, sector, 'samples'));
    assert.deepEqual(stale, [], `Write them anew: npm run sector -- samples ${sector}`);
  });

  test(`the samples of ${sector} are about subject 0 too, and hold no person but planted ones`, () => {
    let about0 = 0;
    for (const file of source(population)) {
      const rows = [...file.rows()].map((row) => (isDamaged(row) ? row.cells : row));
      about0 += rows.filter((row) => row.includes(FIRST_SUBJECT_CODE)).length;
      const persons = rows.filter((row) => row.some(containsResidentNumber));
      assert.ok(persons.length <= 1, `${file.fileName} has ${persons.length} resident numbers.`);
    }
    assert.ok(about0 > 0);
  });
}

test('writes the samples of a sector for any number of subjects', async (context) => {
  const out = await mkdtemp(join(tmpdir(), 'samples-'));
  context.after(() => rm(out, { recursive: true }));
  const sectors = (await sectorsWithSamples()).slice(0, 1);
  const lines: string[] = [];
  await writeSectorSamples({ sectors, subjects: 30, out }, (line) => lines.push(line));
  assert.deepEqual(await readdir(out), sectors);
  assert.equal(lines.length, (await readdir(join(out, sectors[0] ?? ''))).length);
});

test('refuses another number of subjects without a folder to write to', async () => {
  await assert.rejects(writeSectorSamples({ sectors: [], subjects: 30 }), {
    message: '--subjects changes the samples: name a folder for them with --out.',
  });
});

test('refuses a sector that has no samples', async () => {
  await assert.rejects(writeSectorSamples({ sectors: ['kit'] }), /^Error: Sector kit has no/);
});

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import readXlsxFile from 'read-excel-file/node';
import { containsResidentNumber } from '../values/resident-number.ts';
import { AWKWARD_CASES, awkwardCasesIn, withAwkwardRows } from './awkward-rows.ts';
import { encodeSampleFile } from './encode-sample-file.ts';
import { createPopulation, type Population } from './population.ts';
import { publisherOf } from './publisher.ts';
import { isDamaged, rowsBySubject, type SampleFile } from './sample-file.ts';
import { FIRST_SUBJECT_CODE, SAMPLE_DAY } from './sample-subject.ts';
import { findStaleSamples, writeSamples, XLSX_SUBJECTS_MAX } from './write-samples.ts';

const HEADINGS = ['统一社会信用代码', '名称', '决定日期', '截止日期', '金额', '事实', '备注'];
const AWKWARD = {
  code: '统一社会信用代码',
  text: '事实',
  until: '截止日期',
  deadline: '决定日期',
  digits: '金额',
  optional: '备注',
};
const population = createPopulation({ seed: 'test', size: 400 });

function fileOf(
  over: Population,
  kind: SampleFile['kind'],
  encoding: SampleFile['encoding'] = 'utf-8',
): SampleFile {
  return {
    fileName: `${kind}-${encoding}.${kind}`,
    kind,
    encoding,
    headings: HEADINGS,
    typed: ['决定日期', '金额'],
    rows: rowsBySubject(over, 'test/penalties', (subject, random) => {
      const decidedOn = random.dateBetween(subject.establishedOn, SAMPLE_DAY);
      const publisher = publisherOf('TAX', subject.regionCode).name;
      const facts = `${publisher}查明，"${subject.nameZh}"未按期申报, 经责令改正后仍未申报。`;
      const amount = `${random.integer(1, 9999)}.5`;
      return [[subject.code, subject.nameZh, decidedOn, '2026-12-31', amount, facts, '']];
    }),
  };
}

async function bytesOf(file: SampleFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of encodeSampleFile(file)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const rowsOf = (file: SampleFile): string[][] =>
  [...file.rows()].map((row) => [...(isDamaged(row) ? row.cells : row)]);

for (const encoding of ['utf-8', 'utf-8-bom', 'gb18030'] as const) {
  test(`CSV in ${encoding} reads back to the same rows`, async () => {
    const file = fileOf(population, 'csv', encoding);
    const bytes = await bytesOf(file);
    assert.equal(bytes.subarray(0, 3).toString('hex') === 'efbbbf', encoding === 'utf-8-bom');
    const text = encoding === 'gb18030' ? iconv.decode(bytes, 'gb18030') : bytes.toString('utf8');
    const read = parse(text, { bom: true });
    assert.deepEqual(read, [HEADINGS, ...rowsOf(file)]);
  });
}

test('JSONL reads back to the same rows', async () => {
  const file = fileOf(population, 'jsonl');
  const lines = (await bytesOf(file)).toString('utf8').trimEnd().split('\n');
  const read = lines.map((line) => Object.entries(JSON.parse(line) as Record<string, string>));
  const wanted = rowsOf(file).map((row) => HEADINGS.map((heading, at) => [heading, row[at]]));
  assert.deepEqual(read, wanted);
});

test('a workbook reads back with days as days and numbers as numbers', async () => {
  const file = fileOf(population, 'xlsx');
  const sheets = await readXlsxFile(await bytesOf(file));
  const read = sheets[0]?.data ?? [];
  assert.deepEqual(read[0], HEADINGS);
  assert.equal(read.length, population.size + 1);
  for (const [at, row] of rowsOf(file).entries()) {
    const [code, name, decidedOn, until, amount, facts] = row;
    const day = new Date(`${decidedOn ?? ''}T00:00:00Z`);
    assert.deepEqual(read[at + 1], [code, name, day, until, Number(amount), facts, null]);
  }
});

test('each awkward case stands in the file exactly once, and its place does not move', async () => {
  const plain = fileOf(population, 'csv', 'gb18030');
  const file = withAwkwardRows(plain, population.random, AWKWARD);
  assert.deepEqual(await bytesOf(file), await bytesOf(file));
  assert.deepEqual(awkwardCasesIn(plain, AWKWARD), Object.keys(AWKWARD_CASES));
  const rows = rowsOf(file);
  const count = (matches: (row: readonly string[]) => boolean): number =>
    rows.filter(matches).length;
  const holds = (column: number, pattern: RegExp): number =>
    count((row) => pattern.test(row[column] ?? ''));
  assert.equal(holds(3, /^9999-9-9$/), 1);
  assert.equal(holds(2, /^1900-1-1$/), 1);
  assert.equal(holds(0, /[a-z]/), 1);
  assert.equal(holds(0, / {2}$/), 1);
  assert.equal(holds(4, /[０-９]/u), 1);
  assert.equal(holds(6, /^\\N$/), 1);
  assert.equal(holds(6, /^无$/u), 1);
  assert.equal(holds(0, /^.{8}-.$/), 1);
  assert.equal(holds(0, /\*{6}/), 1);
  assert.equal(
    count((row) => row.some(containsResidentNumber)),
    1,
  );
  assert.deepEqual(
    [...file.rows()].filter(isDamaged).map((row) => row.damage),
    ['UNQUOTED_COMMA', 'BROKEN_BYTES'],
  );
  // Five refused rows and one double are planted beside the rows that they were made of.
  assert.equal(rows.length, population.size + 6);
});

test('a damaged CSV row has one cell too many or bytes that no encoding has', async () => {
  const plain = fileOf(population, 'csv', 'gb18030');
  const bytes = await bytesOf(withAwkwardRows(plain, population.random, AWKWARD));
  assert.equal(bytes.toString('latin1').split('\u00ff\u00ff').length, 2);
  const lines = iconv.decode(bytes, 'gb18030').trimEnd().split('\r\n');
  const cells = lines.map((line) => parse(line, { relax_quotes: true })[0]?.length);
  assert.equal(cells.filter((length) => length !== HEADINGS.length).length, 1);
});

test('the rows of subject 0 are never altered', () => {
  const file = withAwkwardRows(fileOf(population, 'csv'), population.random, AWKWARD);
  const first = rowsOf(file).filter((row) => row[0] === FIRST_SUBJECT_CODE);
  assert.deepEqual(first, rowsOf(fileOf(population, 'csv')).slice(0, 1));
});

test('a file of a few rows still gets every refused row', () => {
  const small = createPopulation({ seed: 'test', size: 3 });
  const file = withAwkwardRows(fileOf(small, 'jsonl'), small.random, AWKWARD);
  const refused = awkwardCasesIn(file, AWKWARD).filter((each) => AWKWARD_CASES[each].isRefused);
  assert.equal(rowsOf(file).length, 3 + refused.length + 1);
});

test('refuses an awkward heading that the file lacks', () => {
  const file = fileOf(population, 'csv');
  assert.throws(() => withAwkwardRows(file, population.random, { ...AWKWARD, until: '无此列' }), {
    name: 'RangeError',
    message: 'csv-utf-8.csv has no heading 无此列.',
  });
});

test('without the planted rows no cell holds a resident number', () => {
  for (const row of rowsOf(fileOf(population, 'csv'))) {
    for (const cell of row) assert.ok(!containsResidentNumber(cell), cell);
  }
});

test('writing twice gives the same bytes, and a change on disk is found', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'samples-'));
  context.after(() => rm(directory, { recursive: true }));
  const source = (over: Population): readonly SampleFile[] => [
    withAwkwardRows(fileOf(over, 'csv', 'gb18030'), over.random, AWKWARD),
    fileOf(over, 'jsonl'),
    fileOf(over, 'xlsx'),
  ];
  const written = await writeSamples(source, population, directory);
  assert.deepEqual(
    written.map((each) => each.rows),
    [406, 400, 400],
  );
  for (const { path, bytes } of written) assert.equal((await readFile(path)).length, bytes);
  assert.deepEqual(await findStaleSamples(source, population, directory), []);
  await writeFile(join(directory, 'jsonl-utf-8.jsonl'), 'other');
  await writeFile(join(directory, 'stray.csv'), '');
  await rm(join(directory, 'xlsx-utf-8.xlsx'));
  assert.deepEqual(await findStaleSamples(source, population, directory), [
    'jsonl-utf-8.jsonl differs from what would be written.',
    'xlsx-utf-8.xlsx is missing.',
    'stray.csv is not a sample of this sector.',
  ]);
});

test('the packing time of a workbook leaves no trace', async () => {
  const file = fileOf(population, 'xlsx');
  const first = await bytesOf(file);
  // Zip counts time in steps of two seconds; a workbook packed in a later one must be the same.
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  assert.deepEqual(await bytesOf(file), first);
});

test('over many subjects a workbook is written as CSV of the same name', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'samples-'));
  context.after(() => rm(directory, { recursive: true }));
  const many = createPopulation({ seed: 'test', size: XLSX_SUBJECTS_MAX + 1 });
  const [written] = await writeSamples((over) => [fileOf(over, 'xlsx')], many, directory);
  assert.equal(written?.path, join(directory, 'xlsx-utf-8.csv'));
  assert.equal(written.rows, many.size);
});

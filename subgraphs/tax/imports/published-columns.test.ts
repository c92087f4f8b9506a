// What only some offices publish: the validity of a rating, and the address of a major violation.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { openTestSector, type TestSector } from '../../kit/conformance/test-sector.ts';
import { encodeSampleFile } from '../../kit/samples/encode-sample-file.ts';
import { createPopulation, SAMPLE_POPULATION } from '../../kit/samples/population.ts';
import type { SampleFile } from '../../kit/samples/sample-file.ts';
import type { Receipt } from '../../kit/ingestion/import-file.ts';
import { rowStager } from '../../kit/ingestion/staged-row.ts';
import { creditRatings, majorViolations } from '../records.ts';
import { sector } from '../sector.ts';

const NOW = new Date('2026-11-23T04:00:00Z');
const HOUSEHOLD = '92990203MA9T0ABC58';
const ADDRESS = '云州市星湾区晨光路1号';

let tax: TestSector;

before(async () => {
  tax = await openTestSector(sector, { now: () => NOW });
});

after(() => tax.close());

const RATING = {
  rating_year: '2025',
  grade: 'A',
  rated_on: '2026-04-20',
  authority: '云州市税务局',
} as const;
const VIOLATION = {
  case_nature: '偷税',
  facts: '少列收入',
  entered_on: '2026-01-10',
  authority: '云州市税务局',
} as const;

const CHINESE: Readonly<Record<string, string>> = {
  uscc: '统一社会信用代码',
  rating_year: '评价年度',
  grade: '纳税信用级别',
  rated_on: '评价日期',
  valid_from: '有效期起',
  valid_to: '有效期止',
  case_nature: '案件性质',
  facts: '主要违法事实',
  entered_on: '列入日期',
  registered_address: '注册地址',
  authority: '主管税务机关',
};

const KINDS = [
  { kind: 'csv', encoding: 'gb18030' },
  { kind: 'csv', encoding: 'utf-8-bom' },
  { kind: 'jsonl', encoding: 'utf-8' },
  { kind: 'xlsx', encoding: 'utf-8' },
] as const satisfies readonly Pick<SampleFile, 'kind' | 'encoding'>[];

type Row = Readonly<Record<string, string>>;
type Kind = Pick<SampleFile, 'kind' | 'encoding'>;

const population = createPopulation(SAMPLE_POPULATION);
let subjects = 0;

/** Gives the code of an enterprise of which nothing was imported yet. */
function nextCode(): string {
  for (;;) {
    subjects += 1;
    const { code, category } = population.at(subjects);
    if (category === 'ENTERPRISE') return code;
  }
}

/** Imports one row as a file of its own, whose headings tell the format. */
async function importRow(row: Row, { kind, encoding }: Kind = KINDS[2]): Promise<Receipt> {
  files += 1;
  const fileName = `row-${files}.${kind}`;
  const rows = function* (): Generator<readonly string[]> {
    yield Object.values(row);
  };
  const chunks: Buffer[] = [];
  const file = { fileName, kind, encoding, headings: Object.keys(row), rows };
  for await (const chunk of encodeSampleFile(file)) chunks.push(chunk);
  return tax.importText(fileName, Buffer.concat(chunks));
}
let files = 0;

function inChinese(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([heading, value]) => [CHINESE[heading] ?? assert.fail(), value]),
  );
}

async function readRating(uscc: string): Promise<unknown> {
  const answer = await tax.section(
    uscc,
    '{ creditRatings { nodes { version grade validFrom validTo } } }',
  );
  assert.equal(answer.errors, undefined);
  return answer.data.creditRatings.nodes;
}

async function readAddress(uscc: string): Promise<unknown> {
  const answer = await tax.section(
    uscc,
    '{ majorViolations { nodes { version registeredAddress } } }',
  );
  assert.equal(answer.errors, undefined);
  return answer.data.majorViolations.nodes;
}

const countsOf = ({ inserted, changed, unchanged, rejected }: Receipt): readonly number[] => [
  inserted,
  changed,
  unchanged,
  rejected,
];

test('reads validity and address of every kind of file, under either heading', async () => {
  for (const kind of KINDS) {
    for (const headed of [inChinese, (row: Row) => row]) {
      const uscc = nextCode();
      const rating = { uscc, ...RATING, valid_from: '2026年4月20日', valid_to: '2027-04-19' };
      assert.deepEqual(countsOf(await importRow(headed(rating), kind)), [1, 0, 0, 0]);
      assert.deepEqual(await readRating(uscc), [
        { version: 1, grade: 'A', validFrom: '2026-04-20', validTo: '2027-04-19' },
      ]);
      const violation = { uscc, ...VIOLATION, registered_address: ADDRESS };
      assert.deepEqual(countsOf(await importRow(headed(violation), kind)), [1, 0, 0, 0]);
      assert.deepEqual(await readAddress(uscc), [{ version: 1, registeredAddress: ADDRESS }]);
    }
  }
});

test('files without these columns import as before, and the same fact with them empty is no news', async () => {
  const uscc = nextCode();
  assert.deepEqual(countsOf(await importRow({ uscc, ...RATING })), [1, 0, 0, 0]);
  assert.deepEqual(countsOf(await importRow({ uscc, ...VIOLATION })), [1, 0, 0, 0]);
  const empty = { uscc, ...RATING, valid_from: '', valid_to: '' };
  assert.deepEqual(countsOf(await importRow(empty)), [0, 0, 1, 0]);
  const nowhere = { uscc, ...VIOLATION, registered_address: '' };
  assert.deepEqual(countsOf(await importRow(nowhere)), [0, 0, 1, 0]);
  const filled = { ...empty, valid_to: '2027-04-19' };
  assert.deepEqual(countsOf(await importRow(filled)), [0, 1, 0, 0]);
  assert.deepEqual(await readRating(uscc), [
    { version: 2, grade: 'A', validFrom: null, validTo: '2027-04-19' },
  ]);
});

test('what was imported before there were these columns is no news when it is read again', () => {
  const source = { publisher: '云州市税务局' };
  const clock = { start: 'DECIDED', from: '2026-04-20', until: null } as const;
  const clocks = { display: clock, query: clock, deletion: clock };
  const draft = { subjectCode: nextCode(), source, clocks, sortDate: '2026-04-20' };
  for (const [table, added, values] of [
    [creditRatings, ['validFrom', 'validTo'], { ratingYear: 2025, grade: 'A' }],
    [majorViolations, ['registeredAddress'], { caseNature: 'EVASION', enteredOn: '2026-01-10' }],
  ] as const) {
    const columns = Object.entries(table.columns);
    const before = columns.filter(([field]) => !added.some((name) => name === field));
    assert.equal(before.length, columns.length - added.length);
    const row = { ...draft, values: { ...values, subjectName: '测试有限公司' } };
    const [now, then] = [table, { ...table, columns: Object.fromEntries(before) }].map((each) => {
      const staged = rowStager(each, NOW.toISOString())(row, 1);
      return 'copy' in staged ? staged.copy.split('\t')[3] : assert.fail(staged.reason);
    });
    assert.equal(now, then);
  }
});

test('a validity without end is null, and one of a single day is taken', async () => {
  const open = nextCode();
  const valid_from = '2026-04-20';
  for (const valid_to of ['9999-9-9', '长期', '1900-1-1']) {
    await importRow({ uscc: open, ...RATING, valid_from, valid_to });
    assert.deepEqual(
      await readRating(open),
      [{ version: 1, grade: 'A', validFrom: valid_from, validTo: null }],
      valid_to,
    );
  }
  const day = { uscc: nextCode(), ...RATING, valid_from, valid_to: valid_from };
  assert.deepEqual(countsOf(await importRow(day)), [1, 0, 0, 0]);
});

test('refuses a validity that ends before it starts, and what is no day or too long', async () => {
  const uscc = nextCode();
  for (const [row, column, reason] of [
    [
      { ...RATING, valid_from: '2026-04-20', valid_to: '2026-04-19' },
      'valid_to',
      /^the validity ends before it starts$/,
    ],
    [{ ...RATING, valid_from: '2026-02-30', valid_to: '' }, 'valid_from', /day|date/],
    [
      { ...VIOLATION, registered_address: '路'.repeat(501) },
      'registered_address',
      /^longer than 500 characters$/,
    ],
  ] as const) {
    const receipt = await importRow({ uscc, ...row });
    assert.deepEqual(countsOf(receipt), [0, 0, 0, 1]);
    const text = await readFile(receipt.rejectsFile ?? assert.fail(), 'utf8');
    const [reject] = parse<Record<string, string>>(text, { bom: true, columns: true });
    assert.equal(reject?.['column'], column);
    assert.match(reject['reason'] ?? '', reason);
  }
});

test('leaves out the address of an individual household', async () => {
  const row = { uscc: HOUSEHOLD, ...VIOLATION, registered_address: ADDRESS };
  assert.deepEqual(countsOf(await importRow(row)), [1, 0, 0, 0]);
  const { rows } = await tax.pool.query(
    'select disclosure_class, registered_address from major_violations where subject_code = $1',
    [HOUSEHOLD],
  );
  assert.deepEqual(rows, [{ disclosure_class: 'REGISTERED', registered_address: null }]);
});

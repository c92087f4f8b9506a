// The sample files of the sector: synthetic records of synthetic subjects, as its authorities deliver.
import {
  regionOf,
  rowsBySubject,
  type Random,
  type SampleSource,
  type SampleSubject,
} from '../index.ts';

const HEADINGS = [
  '统一社会信用代码',
  '主体名称',
  '评价年度',
  '评价等级',
  '评价得分',
  '评价日期',
  '文号',
  '主管部门',
  '数据更新时间',
] as const;

const YEARS = [2023, 2024, 2025] as const;

// Spelling in the file, then the points in tenths.
type Grade = readonly [spelling: string, least: number, most: number];
const EXCELLENT: Grade = ['优秀', 900, 1_000];
const GOOD: Grade = ['良好', 750, 899];
const PASSED: Grade = ['合格', 600, 749];
const FAILED: Grade = ['不合格', 0, 599];

const CHANCES: Readonly<Record<SampleSubject['risk'], readonly (readonly [Grade, number])[]>> = {
  LOW: [
    [EXCELLENT, 40],
    [GOOD, 50],
    [PASSED, 10],
  ],
  MEDIUM: [
    [GOOD, 40],
    [PASSED, 45],
    [FAILED, 15],
  ],
  HIGH: [
    [PASSED, 45],
    [FAILED, 55],
  ],
};

/** Makes the sample files of the sector. */
export const samples: SampleSource = (population) => [
  {
    fileName: 'odd-exhibits.csv',
    kind: 'csv',
    encoding: 'utf-8-bom',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'specimen/odd-exhibits', oddExhibitsOf),
  },
];

function* oddExhibitsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  // The worked example, subject 0, has a record of every type and year.
  if (subject.index > 0 && !random.chance(0.3)) return;
  for (const year of YEARS) {
    const [spelling, least, most] = random.weighted(CHANCES[subject.risk]);
    const decidedOn = `${year + 1}-03-${random.integer(10, 28)}`;
    if (subject.establishedOn > `${year}-12-31`) continue;
    if (subject.endedOn !== null && subject.endedOn < decidedOn) continue;
    const { nameZh } = regionOf(subject.regionCode);
    yield [
      subject.code,
      subject.nameZh,
      String(year),
      spelling,
      (random.integer(least, most) / 10).toFixed(1),
      decidedOn,
      `样本评〔${year + 1}〕${subject.index + 1}号`,
      `${nameZh}样本主管部门`,
      `${decidedOn} 18:00:00`,
    ];
  }
}

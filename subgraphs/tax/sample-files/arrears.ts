// Sample notices of arrears: a workbook whose days and amounts are days and numbers, not text.
import {
  badRecordCount,
  drawYuan,
  publisherOf,
  rowsBySubject,
  writeYuan,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';

const HEADINGS = [
  '统一社会信用代码',
  '纳税人名称',
  '公告所属期',
  '欠税税种',
  '欠税余额(元)',
  '当期新发生的欠税金额(元)',
  '经营地点',
  '公告日期',
  '主管税务机关',
  '主管税务机关统一社会信用代码',
] as const;

// Each quarter with the month in which its arrears are announced.
const QUARTERS: readonly (readonly [period: string, announcedIn: string])[] = [
  ['2024Q4', '2025-01'],
  ['2025Q1', '2025-04'],
  ['2025Q2', '2025-07'],
  ['2025Q3', '2025-10'],
  ['2025Q4', '2026-01'],
  ['2026Q1', '2026-04'],
];

const TAXES: readonly (readonly [tax: string, weight: number])[] = [
  ['增值税', 40],
  ['企业所得税', 25],
  ['城市维护建设税', 12],
  ['房产税', 8],
  ['城镇土地使用税', 7],
  ['土地增值税', 4],
  ['印花税', 3],
  ['消费税', 1],
];

/** Makes the sample file of arrears notices. */
export function arrearsSample(population: Population): SampleFile {
  return {
    fileName: 'arrears.xlsx',
    kind: 'xlsx',
    encoding: 'utf-8',
    headings: HEADINGS,
    typed: ['欠税余额(元)', '当期新发生的欠税金额(元)', '公告日期'],
    rows: rowsBySubject(population, 'tax/arrears', arrearsOf),
  };
}

function* arrearsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const count = badRecordCount(subject, random);
  const tax = random.weighted(TAXES);
  // Arrears stand for some quarters running, and the last ones are the likeliest to stand still.
  for (const [period, announcedIn] of QUARTERS.slice(-count || QUARTERS.length)) {
    if (subject.establishedOn >= announcedIn || count === 0) continue;
    const announcedOn = `${announcedIn}-${random.integer(10, 20)}`;
    if (subject.endedOn !== null && subject.endedOn < announcedOn) continue;
    const balance = drawYuan(random, 2_000, 2_000_000);
    const office = publisherOf('TAX', subject.regionCode);
    yield [
      subject.code,
      subject.nameZh,
      period,
      tax,
      writeYuan(balance, 'plain', random.integer(0, 99)),
      random.chance(0.5) ? writeYuan(Math.floor(balance / random.integer(2, 9))) : '0.00',
      subject.address,
      announcedOn,
      office.name,
      office.code,
    ];
  }
}

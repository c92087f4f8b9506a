// Sample ratings: a CSV file in the national encoding, one row a subject and year.
import {
  addLength,
  dateOfDay,
  dayNumber,
  publisherOf,
  rowsBySubject,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';

const HEADINGS = [
  '统一社会信用代码',
  '纳税人名称',
  '评价年度',
  '纳税信用级别',
  '评价得分',
  '直接判级原因',
  '评价日期',
  '有效期起',
  '有效期止',
  '主管税务机关',
  '主管税务机关统一社会信用代码',
  '数据更新时间',
] as const;

const RATED_YEARS = [2023, 2024, 2025] as const;

type Grade = 'A' | 'B' | 'M' | 'C' | 'D';

const GRADES: Readonly<
  Record<SampleSubject['risk'], readonly (readonly [grade: Grade, weight: number])[]>
> = {
  LOW: [
    ['A', 25],
    ['B', 50],
    ['M', 20],
    ['C', 5],
  ],
  MEDIUM: [
    ['B', 35],
    ['M', 20],
    ['C', 38],
    ['D', 7],
  ],
  HIGH: [
    ['B', 10],
    ['C', 40],
    ['D', 50],
  ],
};

// Points in tenths; a D by points, since a direct one has none.
const POINTS: Readonly<Record<Grade, readonly [least: number, most: number]>> = {
  A: [900, 995],
  B: [700, 899],
  M: [700, 880],
  C: [400, 699],
  D: [120, 399],
};

const DIRECT_GROUNDS = ['非正常户', '未按期缴清查补税款', '违反发票规定', '提供虚假材料', '其他'];

/** Makes the sample file of ratings. */
export function ratingsSample(population: Population): SampleFile {
  return {
    fileName: 'ratings.csv',
    kind: 'csv',
    encoding: 'gb18030',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'tax/ratings', ratingsOf),
  };
}

function* ratingsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  // Enterprises must be rated; others may be on their own wish, which few have.
  if (subject.category !== 'ENTERPRISE' && !random.chance(0.05)) return;
  for (const year of RATED_YEARS) {
    const ratedOn = `${year + 1}-04-${random.integer(10, 28)}`;
    const isRated =
      Number(subject.establishedOn.slice(0, 4)) <= year &&
      (subject.endedOn === null || subject.endedOn > ratedOn);
    if (isRated) yield ratingOf(subject, year, ratedOn, random);
  }
}

function ratingOf(
  subject: SampleSubject,
  year: number,
  ratedOn: string,
  random: Random,
): readonly string[] {
  const grade = gradeOf(subject, year, random);
  const ground = grade === 'D' && random.chance(0.6) ? random.pick(DIRECT_GROUNDS) : '';
  const points = random.integer(...POINTS[grade]) / 10;
  const office = publisherOf('TAX', subject.regionCode);
  return [
    subject.code,
    subject.nameZh,
    String(year),
    random.chance(0.2) ? `${grade}级` : grade,
    ground === '' ? points.toFixed(1) : '',
    ground,
    ratedOn,
    ...validityOf(subject, ratedOn, random.fork(`validity/${year}`)),
    office.name,
    office.code,
    `${ratedOn} 18:00:00`,
  ];
}

/** In force until the next yearly rating, where the office publishes it; some write no end. */
function validityOf(
  subject: SampleSubject,
  ratedOn: string,
  random: Random,
): readonly [from: string, to: string] {
  const lastDay = dateOfDay(dayNumber(addLength(ratedOn, { years: 1 })) - 1);
  if (subject.index === 0) return [ratedOn, lastDay];
  if (random.chance(0.2)) return ['', ''];
  return [ratedOn, random.chance(0.1) ? '9999-12-31' : lastDay];
}

function gradeOf(subject: SampleSubject, year: number, random: Random): Grade {
  // The worked example was in good standing until its violations of 2026 came to light.
  if (subject.index === 0) return year === 2024 ? 'B' : 'A';
  const isNew = subject.establishedOn.startsWith(String(year));
  return isNew ? 'M' : random.weighted(GRADES[subject.risk]);
}

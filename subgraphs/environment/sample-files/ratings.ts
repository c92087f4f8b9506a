// Sample environmental ratings: a workbook whose days and points are days and numbers, not text.
import {
  publisherOf,
  rowsBySubject,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { tradeOf } from './industry.ts';

const HEADINGS = [
  '统一社会信用代码',
  '企业名称',
  '参评年度',
  '行政区划代码',
  '环保信用等级',
  '评价得分',
  '指标得分',
  '一票否决情形',
  '评价日期',
  '公布日期',
  '有效期至',
  '评价机关',
  '发布机关统一社会信用代码',
] as const;

const RATED_YEARS = [2022, 2023, 2024, 2025] as const;

type Level = '绿牌' | '蓝牌' | '黄牌' | '红牌' | '黑牌' | '未参评';

const LEVELS: Readonly<
  Record<SampleSubject['risk'], readonly (readonly [level: Level, weight: number])[]>
> = {
  LOW: [
    ['绿牌', 30],
    ['蓝牌', 60],
    ['黄牌', 7],
    ['未参评', 3],
  ],
  MEDIUM: [
    ['蓝牌', 35],
    ['黄牌', 50],
    ['红牌', 12],
    ['未参评', 3],
  ],
  HIGH: [
    ['黄牌', 30],
    ['红牌', 58],
    ['黑牌', 12],
  ],
};

const INDICATORS = [
  { group: 'POLLUTION_PREVENTION', name: '污染物达标排放', maximum: 40 },
  { group: 'ECOLOGY', name: '生态保护与恢复', maximum: 10 },
  { group: 'SUPERVISION', name: '守法与行政处罚', maximum: 35 },
  { group: 'PUBLIC_OVERSIGHT', name: '信访与信息公开', maximum: 15 },
] as const;

// Share of the points that a level is given for.
const SHARES: Readonly<Record<Level, readonly [least: number, most: number]>> = {
  绿牌: [95, 100],
  蓝牌: [80, 94],
  黄牌: [60, 79],
  红牌: [30, 59],
  黑牌: [5, 29],
  未参评: [0, 0],
};

const VETO_GROUNDS = ['未验先投', '暗管渗井排放', '超总量排放', '非法处置危险废物', '环评未批先建'];

/** Makes the sample file of ratings. */
export function ratingsSample(population: Population): SampleFile {
  return {
    fileName: 'ratings.xlsx',
    kind: 'xlsx',
    encoding: 'utf-8',
    headings: HEADINGS,
    typed: ['参评年度', '评价得分', '评价日期', '公布日期', '有效期至'],
    rows: rowsBySubject(population, 'environment/ratings', ratingsOf),
  };
}

function* ratingsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  if (tradeOf(subject) === null) return;
  for (const year of RATED_YEARS) {
    const ratedOn = `${year + 1}-05-${random.integer(11, 29)}`;
    const isRated =
      Number(subject.establishedOn.slice(0, 4)) < year &&
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
  const drawn = random.weighted(LEVELS[subject.risk]);
  const ground = groundOf(subject, year, drawn, random);
  // The worked example was well rated until its incident of November 2025.
  const level = subject.index === 0 ? (year === 2025 ? '红牌' : '绿牌') : drawn;
  const indicators = INDICATORS.map((each) => ({
    ...each,
    score: Math.round((each.maximum * random.integer(...SHARES[level])) / 10) / 10,
  }));
  const score = indicators.reduce((sum, each) => sum + each.score, 0);
  const isScored = level !== '未参评' && ground === '';
  const office = publisherOf('ENVIRONMENT', `${subject.regionCode.slice(0, 4)}00`);
  return [
    subject.code,
    subject.nameZh,
    String(year),
    subject.regionCode,
    level,
    isScored ? score.toFixed(1) : '',
    level === '未参评' ? '' : JSON.stringify(indicators),
    ground,
    ratedOn,
    `${year + 1}-06-05`,
    subject.index > 0 && random.chance(0.5) ? `${year + 3}-04-30` : '',
    office.name,
    office.code,
  ];
}

function groundOf(subject: SampleSubject, year: number, level: Level, random: Random): string {
  if (subject.index === 0) return year === 2025 ? '较大以上环境事件' : '';
  const isWorst = level === '红牌' || level === '黑牌';
  return isWorst && random.chance(0.6) ? random.pick(VETO_GROUNDS) : '';
}

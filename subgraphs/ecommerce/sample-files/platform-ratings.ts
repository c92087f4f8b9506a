// Sample ratings of stores: a workbook whose days and numbers are days and numbers; all above PUBLIC.
import {
  rowsBySubject,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { platformsOf, storesOf } from './online-trade.ts';

const HEADINGS = [
  '统一社会信用代码',
  '平台名称',
  '店铺名称',
  '评价周期',
  '综合评分',
  '评分满分',
  '商品评分',
  '服务评分',
  '物流评分',
  '评价数',
  '成交笔数',
  '成交金额(元)',
  '评分日期',
  '发布机构统一社会信用代码',
] as const;

const PERIODS = [
  { period: '2025H1', ratedOn: '2025-07-10' },
  { period: '2025H2', ratedOn: '2026-01-10' },
] as const;

/** Makes the sample file of platform ratings. */
export function platformRatingsSample(population: Population): SampleFile {
  const stores = storesOf(population, platformsOf(population));
  return {
    fileName: 'platform-ratings.xlsx',
    kind: 'xlsx',
    encoding: 'utf-8',
    headings: HEADINGS,
    typed: HEADINGS.filter((heading) => /评分|数$|金额/u.test(heading)),
    rows: rowsBySubject(population, 'ecommerce/platform-ratings', function* (subject, random) {
      for (const { platform, storeName, openedOn, closedOn } of stores(subject)) {
        if (platform === null) continue;
        for (const { period, ratedOn } of PERIODS) {
          if (openedOn > ratedOn || (closedOn !== '' && closedOn < ratedOn)) continue;
          const points = pointsOf(subject, random);
          yield [subject.code, platform.name, storeName, period, ...points, ratedOn, platform.code];
        }
      }
    }),
  };
}

function pointsOf(subject: SampleSubject, random: Random): readonly string[] {
  const [least, most] = { LOW: [42, 50], MEDIUM: [35, 47], HIGH: [20, 42] }[subject.risk] as [
    number,
    number,
  ];
  const draw = (): number => random.integer(least, most) / 10;
  const [goods, service, delivery] = [draw(), draw(), draw()];
  const count = Math.ceil(subject.sizeFactor * random.integer(20, 400));
  return [
    ((goods + service + delivery) / 3).toFixed(2),
    '5',
    goods.toFixed(1),
    service.toFixed(1),
    delivery.toFixed(1),
    String(Math.ceil(count * random.fraction())),
    String(count),
    (count * random.integer(30, 300)).toFixed(2),
  ];
}

// Sample bans: plain CSV.
import {
  badRecordCount,
  documentNumber,
  LEGAL_BASES,
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { platformsOf, storesOf } from './online-trade.ts';

const HEADINGS = [
  '统一社会信用代码',
  '经营者名称',
  '禁入决定文号',
  '禁入范围',
  '禁入范围说明',
  '禁入起始日期',
  '禁入截止日期',
  '禁入依据',
  '解除日期',
  '决定日期',
  '决定机关',
  '发布机构统一社会信用代码',
] as const;

const SCOPES: readonly (readonly [readonly [scope: string, detail: string], number])[] = [
  [['特定品类', '预包装食品'], 25],
  [['特定品类', '化妆品'], 20],
  [['特定平台', '岚市集'], 25],
  [['直播带货', ''], 20],
  [['跨境电子商务', ''], 5],
  [['全部电子商务活动', ''], 5],
];

/** Makes the sample file of bans. */
export function bansSample(population: Population): SampleFile {
  const stores = storesOf(population, platformsOf(population));
  return {
    fileName: 'bans.csv',
    kind: 'csv',
    encoding: 'utf-8',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'ecommerce/bans', function* (subject, random) {
      const count = stores(subject).length === 0 ? 0 : badRecordCount(subject, random, 0.6);
      if (count > 0) yield banOf(subject, random);
    }),
  };
}

function banOf(subject: SampleSubject, random: Random): readonly string[] {
  const isFirst = subject.index === 0;
  const earliest = subject.establishedOn > '2024-01-01' ? subject.establishedOn : '2024-01-01';
  const decidedOn = isFirst ? '2026-06-15' : random.dateBetween(earliest, SAMPLE_DAY);
  const year = Number(decidedOn.slice(0, 4));
  const day = decidedOn.slice(4).replace('02-29', '02-28');
  const [scope, detail] = isFirst ? ['特定品类', '建筑材料'] : random.weighted(SCOPES);
  const until = `${year + (isFirst ? 3 : random.integer(1, 3))}${day}`;
  const lifted = random.dateBetween(decidedOn, SAMPLE_DAY);
  const isLifted = !isFirst && lifted < until && random.chance(0.15);
  const office = publisherOf('COMMERCE', `${subject.regionCode.slice(0, 4)}00`);
  return [
    subject.code,
    subject.nameZh,
    documentNumber('COMMERCE_DECISION', subject.regionCode, year, subject.index + 1),
    scope,
    detail,
    decidedOn,
    until,
    `${random.pick(LEGAL_BASES.ECOMMERCE)}；当事人一年内因同类违法行为受到两次以上行政处罚。`,
    isLifted ? lifted : '',
    decidedOn,
    office.name,
    office.code,
  ];
}

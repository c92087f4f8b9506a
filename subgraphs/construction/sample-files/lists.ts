// Sample entries in the list of wage arrears and in the blacklist.
import {
  addLength,
  badRecordCount,
  documentNumber,
  drawYuan,
  LEGAL_BASES,
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  writeYuan,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { BUILDING_INDUSTRIES } from './conduct.ts';

const ARREARS_HEADINGS = [
  '统一社会信用代码',
  '企业名称',
  '列入决定文号',
  '主要事实',
  '认定依据',
  '拖欠金额(元)',
  '涉及人数',
  '列入日期',
  '整改完成日期',
  '移出日期',
  '发布单位',
  '发布单位统一社会信用代码',
] as const;

const BLACKLIST_HEADINGS = [
  'uscc',
  'enterprise_name',
  'blacklisting_number',
  'ground',
  'facts',
  'measures',
  'entered_on',
  'removed_on',
  'publisher',
  'publisher_uscc',
] as const;

const GROUNDS: readonly (readonly [ground: string, facts: string])[] = [
  ['QUALIFICATION_FRAUD', '提供虚假业绩材料取得资质证书，资质已被撤销。'],
  ['TRANSFER_OR_LENDING', '将承包的全部建设工程转给其他单位施工。'],
  ['MAJOR_ACCIDENT', '对较大及以上生产安全事故负有责任。'],
  ['REFUSED_PAYMENT', '经法院判决后仍拒不支付工程款。'],
];

/** Makes the sample file of wage arrears. */
export function wageArrearsSample(population: Population): SampleFile {
  return {
    fileName: 'wage-arrears.csv',
    kind: 'csv',
    encoding: 'utf-8',
    headings: ARREARS_HEADINGS,
    rows: rowsBySubject(population, 'construction/wage-arrears', wageArrearsOf),
  };
}

/** Makes the sample file of the blacklist. */
export function blacklistSample(population: Population): SampleFile {
  return {
    fileName: 'blacklist.jsonl',
    kind: 'jsonl',
    encoding: 'utf-8',
    headings: BLACKLIST_HEADINGS,
    rows: rowsBySubject(population, 'construction/blacklist', blacklistOf),
  };
}

function* wageArrearsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const isFirst = subject.index === 0;
  const isBuilding = BUILDING_INDUSTRIES.has(subject.industry.code);
  if (badRecordCount(subject, random, isBuilding ? 0.5 : 0.02) === 0 && !isFirst) return;
  const earliest = subject.establishedOn > '2022-03-01' ? subject.establishedOn : '2022-03-01';
  const day = isFirst ? '2026-01-15' : random.dateBetween(earliest, SAMPLE_DAY);
  const corrected = isFirst || !random.chance(0.4) ? '' : addLength(day, { months: 2 });
  const removed = corrected === '' ? '' : addLength(corrected, { months: 7 });
  const office = publisherOf('HUMAN_RESOURCES', subject.regionCode);
  const workers = random.integer(3, 180);
  yield [
    subject.code,
    subject.nameZh,
    documentNumber('WAGE_ARREARS', subject.regionCode, Number(day.slice(0, 4)), subject.index + 1),
    `拖欠${workers}名农民工工资，经${office.name}责令限期支付，逾期未支付。`,
    random.pick(LEGAL_BASES.WAGES),
    writeYuan(drawYuan(random, 40_000, 3_000_000, 100), 'thousands'),
    String(workers),
    day,
    corrected <= SAMPLE_DAY ? corrected : '',
    removed <= SAMPLE_DAY ? removed : '',
    office.name,
    office.code,
  ];
}

function* blacklistOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const isFirst = subject.index === 0;
  const isBuilding = BUILDING_INDUSTRIES.has(subject.industry.code);
  if (badRecordCount(subject, random, isBuilding ? 0.3 : 0.01) === 0 && !isFirst) return;
  const earliest = subject.establishedOn > '2024-01-03' ? subject.establishedOn : '2024-01-03';
  const day = isFirst ? '2026-06-29' : random.dateBetween(earliest, SAMPLE_DAY);
  const [ground, facts] = random.pick(GROUNDS);
  const office = publisherOf('CONSTRUCTION', subject.regionCode);
  const removed = isFirst || !random.chance(0.2) ? '' : addLength(day, { months: 8 });
  const year = Number(day.slice(0, 4));
  yield [
    subject.code,
    subject.nameZh,
    documentNumber('CONSTRUCTION_PENALTY', subject.regionCode, year, 90_000 + subject.index),
    ground,
    facts,
    '依法限制参加招标投标活动，列为重点监管对象。',
    day,
    removed <= SAMPLE_DAY ? removed : '',
    office.name,
    office.code,
  ];
}

// Sample complaints: an export of all cases in CSV, in the national encoding. Those that are not yet
// determined are in it, as in real exports, and are there to be refused.
import {
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { platformsOf, storesOf, type StoreFacts } from './online-trade.ts';

const HEADINGS = [
  '统一社会信用代码',
  '经营者名称',
  '投诉编号',
  '投诉渠道',
  '投诉事项',
  '处理状态',
  '处理结果',
  '平台名称',
  '受理日期',
  '办结日期',
  '退赔金额(元)',
  '处理机关',
  '发布机构统一社会信用代码',
] as const;

const CHANNELS = ['12315平台', '12315平台', '12315平台', '消费者协会', '电商平台'] as const;
const MATTERS = ['质量', '售后服务', '售后服务', '广告', '配送', '价格', '合同', '其他'] as const;
const OPEN_STATES = ['待受理', '已受理', '调解中'] as const;

const RESULTS = [
  ['投诉成立', 35],
  ['调解一致', 45],
  ['投诉不成立', 20],
] as const;

const COUNTS: Readonly<Record<SampleSubject['risk'], readonly [least: number, most: number]>> = {
  LOW: [0, 1],
  MEDIUM: [0, 4],
  HIGH: [2, 9],
};

/** Makes the sample file of complaints. */
export function complaintsSample(population: Population): SampleFile {
  const stores = storesOf(population, platformsOf(population));
  return {
    fileName: 'complaints.csv',
    kind: 'csv',
    encoding: 'gb18030',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'ecommerce/complaints', function* (subject, random) {
      const places = stores(subject);
      const count = places.length === 0 ? 0 : random.integer(...COUNTS[subject.risk]);
      for (let at = 0; at < Math.max(count, subject.index === 0 ? 3 : 0); at += 1) {
        yield complaintOf(subject, random.pick(places), at, random);
      }
    }),
  };
}

function complaintOf(
  subject: SampleSubject,
  store: StoreFacts,
  at: number,
  random: Random,
): readonly string[] {
  const isFirst = subject.index === 0;
  const drawn = random.dateBetween(
    store.openedOn > '2024-06-01' ? store.openedOn : '2024-06-01',
    SAMPLE_DAY,
  );
  const acceptedOn = isFirst ? `2026-0${3 + (at % 3)}-11` : drawn;
  // The worked example shows an outcome of each kind before any open case.
  const isOpen = isFirst ? at === 3 : random.chance(0.08);
  const drawnResult = random.weighted(RESULTS);
  const result = isFirst ? (RESULTS[at % 3]?.[0] ?? drawnResult) : drawnResult;
  const office = publisherOf('MARKET', subject.regionCode);
  const year = acceptedOn.slice(0, 4);
  return [
    subject.code,
    subject.nameZh,
    `TS${subject.regionCode}-${year}-${String(subject.index * 10 + at).padStart(6, '0')}`,
    random.pick(CHANNELS),
    random.pick(MATTERS),
    isOpen ? random.pick(OPEN_STATES) : '已办结',
    isOpen ? '' : result,
    store.platform?.name ?? '',
    acceptedOn,
    isOpen ? '' : random.dateBetween(acceptedOn, SAMPLE_DAY),
    isOpen || result === '投诉不成立' ? '' : `${random.integer(20, 5_000)}.00`,
    office.name,
    office.code,
  ];
}

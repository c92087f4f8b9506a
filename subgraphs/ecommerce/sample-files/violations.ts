// Sample violations: CSV in the national encoding, in the columns of the publicity feed and those
// that the sector adds, with the awkward rows that real exports of it hold.
import {
  badRecordCount,
  dateOfDay,
  dayNumber,
  documentNumber,
  drawYuan,
  LEGAL_BASES,
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  withAwkwardRows,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { platformsOf, storesOf, type StoreFacts } from './online-trade.ts';

const HEADINGS = [
  '行政相对人名称',
  '行政相对人代码_1(统一社会信用代码)',
  '行政处罚决定书文号',
  '电子商务违法类别',
  '平台名称',
  '店铺名称',
  '违法行为类型',
  '违法事实',
  '处罚依据',
  '处罚类别',
  '处罚内容',
  '罚款金额(万元)',
  '没收违法所得、没收非法财物的金额(万元)',
  '暂扣或吊销证照名称及编号',
  '失信严重程度',
  '处罚决定日期',
  '处罚有效期',
  '公示截止期',
  '公示日期',
  '处罚机关',
  '处罚机关统一社会信用代码',
  '信息状态',
  '撤销原因',
] as const;

interface Violation {
  readonly kind: string;
  readonly type: string;
  readonly did: string;
  readonly severity: '轻微' | '一般' | '严重';
  readonly kinds: string;
  /** Bounds of the fine in yuan. */
  readonly fine: readonly [least: number, most: number];
}

const VIOLATIONS: readonly Violation[] = [
  {
    kind: '未公示主体信息',
    type: '未按规定公示营业执照信息',
    did: '未在首页显著位置持续公示营业执照信息及链接标识，经责令后在规定期限内改正',
    severity: '轻微',
    kinds: '警告',
    fine: [0, 0],
  },
  {
    kind: '虚假宣传',
    type: '虚假或引人误解的商业宣传',
    did: '在商品详情页对产品性能、获奖情况作虚假宣传，欺骗、误导消费者，无法提供相应证明材料',
    severity: '一般',
    kinds: '罚款',
    fine: [5_000, 200_000],
  },
  {
    kind: '虚假评价（刷单炒信）',
    type: '组织虚假交易和虚假评价',
    did: '通过第三方团队组织虚假下单并编造用户评价，虚构商品销量和好评率，误导消费者选择',
    severity: '严重',
    kinds: '罚款;没收违法所得',
    fine: [200_000, 1_000_000],
  },
  {
    kind: '虚构交易',
    type: '虚构交易提升店铺信誉',
    did: '以寄送空包裹的方式虚构交易，累计虚构订单数百笔，用以提升店铺的信誉等级和搜索排名',
    severity: '一般',
    kinds: '罚款',
    fine: [20_000, 300_000],
  },
  {
    kind: '销售假冒商品',
    type: '销售侵犯注册商标专用权的商品',
    did: '在网店销售假冒他人注册商标的商品，经商标权利人鉴定为假冒产品，货值金额较大',
    severity: '严重',
    kinds: '罚款,没收非法财物',
    fine: [50_000, 800_000],
  },
  {
    kind: '侵犯知识产权',
    type: '侵犯外观设计专利权',
    did: '收到平台转送的侵权通知后继续销售被控侵权商品，经行政裁决认定构成侵犯外观设计专利权',
    severity: '一般',
    kinds: '没收违法所得',
    fine: [0, 0],
  },
  {
    kind: '价格欺诈',
    type: '虚构原价',
    did: '在促销活动中虚构原价和降价幅度，标示的划线价格此前从未成交，诱导消费者与其交易',
    severity: '一般',
    kinds: '罚款',
    fine: [5_000, 100_000],
  },
];

/** Makes the sample file of violations. */
export function violationsSample(population: Population): SampleFile {
  const stores = storesOf(population, platformsOf(population));
  const file: SampleFile = {
    fileName: 'violations.csv',
    kind: 'csv',
    encoding: 'gb18030',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'ecommerce/violations', function* (subject, random) {
      const places = stores(subject);
      const count = places.length === 0 ? 0 : badRecordCount(subject, random, 2);
      for (let at = 0; at < count; at += 1) {
        yield violationOf(subject, random.pick(places), at, random);
      }
    }),
  };
  return withAwkwardRows(file, population.random.fork('ecommerce/violations'), {
    code: '行政相对人代码_1(统一社会信用代码)',
    text: '违法事实',
    until: '处罚有效期',
    deadline: '公示日期',
    digits: '处罚决定日期',
    optional: '暂扣或吊销证照名称及编号',
  });
}

function violationOf(
  subject: SampleSubject,
  store: StoreFacts,
  at: number,
  random: Random,
): readonly string[] {
  const isShown = subject.index === 0 && at === 0;
  const drawn = random.dateBetween(
    store.openedOn > '2023-05-01' ? store.openedOn : '2023-05-01',
    SAMPLE_DAY,
  );
  const decidedOn = isShown ? '2026-06-10' : drawn;
  const violation = (isShown ? VIOLATIONS[2] : undefined) ?? random.pick(VIOLATIONS);
  const { kind, type, did, severity, kinds } = violation;
  const [least, most] = violation.fine;
  const office = publisherOf('MARKET', subject.regionCode);
  const year = Number(decidedOn.slice(0, 4));
  const fine = most === 0 ? 0 : drawYuan(random, least, most, 1_000);
  const gain = kinds.includes('没收') ? drawYuan(random, 1_000, 300_000) : 0;
  const isOld = decidedOn < '2026-01-01' && severity !== '严重';
  const state = isOld && random.chance(0.1) ? '已修复' : '有效';
  const order = fine === 0 ? '责令改正违法行为。' : `责令改正，处以罚款人民币${fine}元。`;
  return [
    subject.nameZh,
    subject.code,
    documentNumber('MARKET_PENALTY', subject.regionCode, year, subject.index * 10 + at + 1),
    kind,
    store.platform?.name ?? '',
    store.storeName,
    type,
    `${office.name}接到线索后对当事人网络经营行为立案调查，查明其${did}，事实清楚，证据确凿。`,
    random.pick(LEGAL_BASES.ECOMMERCE),
    kinds,
    gain === 0 ? order : `${order}没收违法所得或者非法财物${gain}元。`,
    fine === 0 ? '' : String(fine / 10_000),
    gain === 0 ? '' : String(gain / 10_000),
    '',
    severity,
    decidedOn,
    '',
    '',
    dateOfDay(Math.min(dayNumber(decidedOn) + 7, dayNumber(SAMPLE_DAY))),
    office.name,
    office.code,
    state,
    '',
  ];
}

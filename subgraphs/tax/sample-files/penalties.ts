// Sample penalties: CSV with a byte order mark, in the columns of the publicity feed, and with the
// awkward rows that real exports of it hold.
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

const HEADINGS = [
  '行政相对人名称',
  '行政相对人代码_1(统一社会信用代码)',
  '行政处罚决定书文号',
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
  readonly type: string;
  readonly did: string;
  readonly severity: '轻微' | '一般' | '严重';
  readonly kinds: string;
  /** Bounds of the fine in yuan. */
  readonly fine: readonly [least: number, most: number];
}

const VIOLATIONS: readonly Violation[] = [
  {
    type: '未按期申报',
    did: '未按照规定的期限办理增值税及附加税费的纳税申报，经责令限期改正后仍未在限期内办理',
    severity: '轻微',
    kinds: '罚款',
    fine: [200, 2_000],
  },
  {
    type: '账簿凭证管理',
    did: '未按照规定设置、保管账簿和记账凭证，也未按照规定将全部银行账号向税务机关报告',
    severity: '轻微',
    kinds: '警告',
    fine: [0, 0],
  },
  {
    type: '违反发票管理',
    did: '未按照规定开具发票，以其他凭证代替发票使用，取得不合规票据并入账列支成本费用',
    severity: '一般',
    kinds: '罚款;没收违法所得',
    fine: [5_000, 50_000],
  },
  {
    type: '未按规定扣缴税款',
    did: '支付劳务报酬时应扣未扣个人所得税，亦未按照规定向主管税务机关报送代扣代缴税款报告表',
    severity: '一般',
    kinds: '罚款',
    fine: [2_000, 100_000],
  },
  {
    type: '偷税',
    did: '在账簿上不列、少列收入，进行虚假的纳税申报，造成少缴增值税、企业所得税等税款',
    severity: '严重',
    kinds: '罚款,没收违法所得',
    fine: [50_000, 3_000_000],
  },
];

/** Makes the sample file of penalties. */
export function penaltiesSample(population: Population): SampleFile {
  const file: SampleFile = {
    fileName: 'penalties.csv',
    kind: 'csv',
    encoding: 'utf-8-bom',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'tax/penalties', penaltiesOf),
  };
  return withAwkwardRows(file, population.random.fork('tax/penalties'), {
    code: '行政相对人代码_1(统一社会信用代码)',
    text: '违法事实',
    until: '处罚有效期',
    deadline: '公示日期',
    digits: '处罚决定日期',
    optional: '暂扣或吊销证照名称及编号',
  });
}

function* penaltiesOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const count = badRecordCount(subject, random);
  for (let at = 0; at < count; at += 1) {
    const isShown = subject.index === 0 && at === 0;
    const earliest = subject.establishedOn > '2023-05-01' ? subject.establishedOn : '2023-05-01';
    const decidedOn = isShown ? '2026-06-05' : random.dateBetween(earliest, SAMPLE_DAY);
    const violation = isShown ? VIOLATIONS.at(-1) : random.pick(VIOLATIONS);
    if (violation !== undefined) yield penaltyOf(subject, violation, decidedOn, at, random);
  }
}

function penaltyOf(
  subject: SampleSubject,
  { type, did, severity, kinds, fine: [least, most] }: Violation,
  decidedOn: string,
  at: number,
  random: Random,
): readonly string[] {
  const office = publisherOf('TAX', subject.regionCode);
  const year = Number(decidedOn.slice(0, 4));
  const fine = most === 0 ? 0 : drawYuan(random, least, most, 100);
  const gain = kinds.includes('没收') ? drawYuan(random, 500, 80_000) : 0;
  const state = stateOf(severity, decidedOn, random);
  const years = { 轻微: 0, 一般: 1, 严重: 3 }[severity];
  const onList = random.chance(0.5);
  return [
    subject.nameZh,
    subject.code,
    documentNumber('TAX_PENALTY', subject.regionCode, year, subject.index * 10 + at + 1),
    type,
    `${office.name}于${year}年对该单位进行检查，查明其在${year - 1}年度内${did}，事实清楚，证据确凿。`,
    random.pick(LEGAL_BASES.TAX),
    kinds,
    fine === 0 ? '给予警告，责令限期改正。' : `责令限期改正，处以罚款人民币${fine}元。`,
    fine === 0 ? '' : inTenThousands(fine),
    gain === 0 ? '' : inTenThousands(gain),
    '',
    severity,
    decidedOn,
    severity === '严重' ? `${year + 1}${decidedOn.slice(4).replace('02-29', '02-28')}` : '',
    years > 0 && onList ? `${year + years}${decidedOn.slice(4).replace('02-29', '02-28')}` : '',
    dateOfDay(Math.min(dayNumber(decidedOn) + 7, dayNumber(SAMPLE_DAY))),
    office.name,
    office.code,
    state,
    state === '已撤销' ? '经行政复议，原处罚决定被撤销。' : '',
  ];
}

function stateOf(severity: string, decidedOn: string, random: Random): string {
  const drawn = random.fraction();
  if (drawn < 0.02 && decidedOn < '2026-01-01') return '已撤销';
  return drawn < 0.12 && severity !== '严重' && decidedOn < '2026-01-01' ? '已修复' : '有效';
}

function inTenThousands(yuan: number): string {
  return String(yuan / 10_000);
}

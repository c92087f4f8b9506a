// Sample environmental penalties: CSV in the national encoding, in the columns of the publicity feed
// and the one that the sector adds, with the awkward rows that real exports of it hold.
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
import { addYears, laterOf, tradeOf } from './industry.ts';

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
  '处罚履行完毕日期',
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
    type: '危险废物识别标志不规范',
    did: '危险废物贮存间未按照规定设置识别标志，管理台账记载不完整，经指出后当场改正',
    severity: '轻微',
    kinds: '警告',
    fine: [0, 0],
  },
  {
    type: '未按规定开展自行监测',
    did: '未按照排污许可证规定的频次开展自行监测，亦未如实公开污染物排放信息',
    severity: '一般',
    kinds: '罚款',
    fine: [20_000, 200_000],
  },
  {
    type: '未批先建',
    did: '建设项目环境影响评价文件未经批准即擅自开工建设，主体工程及配套设备已部分建成',
    severity: '一般',
    kinds: '罚款',
    fine: [30_000, 500_000],
  },
  {
    type: '扬尘防治措施不到位',
    did: '物料堆场未采取密闭、围挡、遮盖等有效措施，装卸过程中产生大量扬尘且未配套喷淋设施',
    severity: '一般',
    kinds: '罚款,责令停产停业',
    fine: [10_000, 100_000],
  },
  {
    type: '超标排放污染物',
    did: '总排放口外排废水中污染物浓度超过许可限值二倍以上，在线监测数据与人工监测结果一致',
    severity: '严重',
    kinds: '罚款;没收违法所得',
    fine: [100_000, 1_000_000],
  },
  {
    type: '通过暗管排放污染物',
    did: '在雨水管网内私设暗管，将未经处理的生产废水排入外环境，以逃避监管的方式排放污染物',
    severity: '严重',
    kinds: '罚款、限制开展生产经营活动',
    fine: [100_000, 1_000_000],
  },
];

const SUBJECT_CODE_HEADING = '行政相对人代码_1(统一社会信用代码)';

/** Makes the sample file of penalties. */
export function penaltiesSample(population: Population): SampleFile {
  const file: SampleFile = {
    fileName: 'penalties.csv',
    kind: 'csv',
    encoding: 'gb18030',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'environment/penalties', penaltiesOf),
  };
  return withAwkwardRows(file, population.random.fork('environment/penalties'), {
    code: SUBJECT_CODE_HEADING,
    text: '违法事实',
    until: '处罚有效期',
    deadline: '公示日期',
    digits: '处罚决定日期',
    optional: '暂扣或吊销证照名称及编号',
  });
}

function* penaltiesOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const builds = subject.industry.code.startsWith('E');
  const count = badRecordCount(subject, random, tradeOf(subject) ? 1 : builds ? 0.6 : 0.1);
  for (let at = 0; at < count; at += 1) {
    const isShown = subject.index === 0 && at === 0;
    const earliest = laterOf(subject.establishedOn, '2023-05-01');
    const decidedOn = isShown ? '2026-06-08' : random.dateBetween(earliest, SAMPLE_DAY);
    const violation = isShown ? VIOLATIONS[4] : random.pick(VIOLATIONS);
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
  const office = publisherOf('ENVIRONMENT', subject.regionCode);
  const year = Number(decidedOn.slice(0, 4));
  const fine = most === 0 ? 0 : drawYuan(random, least, most, 1_000);
  const gain = kinds.includes('没收') ? drawYuan(random, 2_000, 200_000) : 0;
  const state = stateOf(severity, decidedOn, random);
  const isShown = subject.index === 0 && at === 0;
  const drawn = dateOfDay(dayNumber(decidedOn) + random.integer(10, 120));
  // Where the sanction has not been carried out, the query clock has not begun.
  const isCompleted = isShown || (drawn <= SAMPLE_DAY && random.chance(0.8));
  const years = { 轻微: 0, 一般: 1, 严重: 3 }[severity];
  return [
    subject.nameZh,
    subject.code,
    documentNumber('ENVIRONMENT_PENALTY', subject.regionCode, year, subject.index * 10 + at + 1),
    type,
    `${office.name}执法人员对该单位生产经营场所进行现场检查，发现其${did}，事实清楚，证据确凿。`,
    random.pick(LEGAL_BASES.ENVIRONMENT),
    kinds,
    fine === 0 ? '给予警告，责令改正违法行为。' : `责令改正违法行为，处以罚款人民币${fine}元。`,
    fine === 0 ? '' : String(fine / 10_000),
    gain === 0 ? '' : String(gain / 10_000),
    '',
    severity,
    decidedOn,
    severity === '严重' ? addYears(decidedOn, 1) : '',
    years > 0 && random.chance(0.5) ? addYears(decidedOn, years) : '',
    dateOfDay(Math.min(dayNumber(decidedOn) + 7, dayNumber(SAMPLE_DAY))),
    isCompleted ? (isShown ? '2026-06-26' : drawn) : '',
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

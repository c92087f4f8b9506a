// Sample listings: the courts' own CSV in the national encoding, with removals and awkward rows,
// and the JSON lines under the names by which the list is passed on.
import {
  withAwkwardRows,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { daysAfter, rowsByEnforcement, type Enforcement } from './enforcement.ts';

const HEADINGS = [
  '被执行人姓名/名称',
  '身份证号码/组织机构代码',
  '执行法院',
  '法院统一社会信用代码',
  '执行依据文号',
  '立案时间',
  '案号',
  '做出执行依据单位',
  '生效法律文书确定的义务',
  '被执行人的履行情况',
  '已履行部分',
  '未履行部分',
  '失信被执行人行为具体情形',
  '发布时间',
  '延长年限',
  '移出日期',
  '移出原因',
  '异议审查中',
] as const;

const FEED_HEADINGS = [
  'iname',
  'cardNum',
  'courtName',
  'areaName',
  'gistId',
  'regDate',
  'caseCode',
  'gistUnit',
  'duty',
  'performance',
  'performedPart',
  'unperformPart',
  'disruptTypeName',
  'publishDate',
] as const;

const GROUNDS: readonly (readonly [ground: string, weight: number])[] = [
  ['有履行能力而拒不履行生效法律文书确定义务', 40],
  ['违反财产报告制度', 35],
  ['以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行', 10],
  ['违反限制消费令', 8],
  ['无正当理由拒不履行执行和解协议', 5],
  ['以伪造证据、暴力、威胁等方法妨碍、抗拒执行', 2],
];
const FIRST_SUBJECT_GROUNDS = '违反财产报告制度,违反限制消费令';

interface Listing {
  readonly listedOn: string;
  readonly grounds: string;
  readonly extensionYears: string;
  readonly performance: string;
  readonly performedPart: string;
  readonly unperformedPart: string;
  readonly removedOn: string | null;
  readonly removalReason: string;
  readonly duty: string;
}

/** Makes the sample file of listings as the courts keep them. */
export function judgmentDebtorsSample(population: Population): SampleFile {
  const file: SampleFile = {
    fileName: 'judgment-debtors.csv',
    kind: 'csv',
    encoding: 'gb18030',
    headings: HEADINGS,
    rows: rowsByEnforcement(population, 'judgment-debtors', function* (subject, one, random) {
      const listing = drawListing(subject, one, random);
      if (listing === null || isInFeed(subject, one, listing)) return;
      yield [
        subject.nameZh,
        subject.code,
        one.court.name,
        one.court.code,
        one.basisDocument,
        one.filedOn,
        one.caseNumber,
        one.court.name,
        listing.duty,
        listing.performance,
        listing.performedPart,
        listing.unperformedPart,
        listing.grounds,
        listing.listedOn,
        listing.extensionYears,
        listing.removedOn ?? '',
        listing.removalReason,
        one.isUnderReview ? '是' : '否',
      ];
    }),
  };
  return withAwkwardRows(file, population.random.fork('courts/judgment-debtors'), {
    code: '身份证号码/组织机构代码',
    text: '生效法律文书确定的义务',
    digits: '发布时间',
    optional: '做出执行依据单位',
  });
}

/** Makes the sample file of listings as they are passed on. */
export function judgmentDebtorsFeed(population: Population): SampleFile {
  return {
    fileName: 'judgment-debtors-feed.jsonl',
    kind: 'jsonl',
    encoding: 'utf-8',
    headings: FEED_HEADINGS,
    rows: rowsByEnforcement(population, 'judgment-debtors', function* (subject, one, random) {
      const listing = drawListing(subject, one, random);
      if (listing === null || !isInFeed(subject, one, listing)) return;
      yield [
        subject.nameZh,
        subject.code,
        one.court.name,
        '岚海',
        one.basisDocument,
        inChinese(one.filedOn),
        one.caseNumber,
        one.court.name,
        listing.duty,
        listing.performance,
        listing.performedPart,
        listing.unperformedPart,
        listing.grounds,
        inChinese(listing.listedOn),
      ];
    }),
  };
}

// The feed knows no removals, and the cities from the sixth on deliver only by it.
function isInFeed(subject: SampleSubject, one: Enforcement, listing: Listing): boolean {
  if (listing.removedOn !== null || listing.extensionYears !== '') return false;
  return subject.index === 0 ? one.number === 2 : subject.regionCode.charAt(3) >= '6';
}

function drawListing(subject: SampleSubject, one: Enforcement, random: Random): Listing | null {
  const isFirst = subject.index === 0;
  const listedOn = isFirst
    ? daysAfter(one.filedOn, 75)
    : daysAfter(one.filedOn, random.integer(20, 180));
  const grounds = isFirst ? FIRST_SUBJECT_GROUNDS : drawGrounds(random);
  const isListed = isFirst || random.chance(0.55);
  const isOver = one.status === '执行完毕' || one.status === '终结执行';
  if (!isListed || (one.closedOn !== null && one.closedOn <= listedOn)) return null;
  const isExtendable = grounds.includes(',') && !grounds.startsWith('有履行能力');
  const performance = one.status === '执行完毕' ? '全部已履行' : drawPerformance(random);
  const isPart = performance === '部分未履行';
  return {
    listedOn,
    grounds,
    extensionYears: isExtendable && (isFirst ? one.number === 0 : random.chance(0.5)) ? '1' : '',
    performance,
    performedPart: isPart ? `已支付人民币${Math.floor(one.amountYuan / 4)}元` : '',
    unperformedPart: isPart ? `尚欠人民币${one.amountYuan - Math.floor(one.amountYuan / 4)}元` : '',
    removedOn:
      isOver && one.closedOn !== null ? daysAfter(one.closedOn, random.integer(0, 3)) : null,
    removalReason: isOver ? (one.status === '执行完毕' ? '履行完毕' : '终结执行') : '',
    duty:
      `被执行人${subject.nameZh}于判决生效之日起十日内向申请执行人支付货款` +
      `人民币${one.amountYuan}元，并按同期贷款市场报价利率支付逾期付款利息；` +
      '案件受理费由被执行人负担。',
  };
}

function drawGrounds(random: Random): string {
  const first = random.weighted(GROUNDS);
  return random.chance(0.1) && first !== '违反财产报告制度' ? `${first},违反财产报告制度` : first;
}

function drawPerformance(random: Random): string {
  return random.chance(0.25) ? '部分未履行' : '全部未履行';
}

function inChinese(date: string): string {
  return `${date.slice(0, 4)}年${date.slice(5, 7)}月${date.slice(8)}日`;
}

// Sample judgments: plain CSV under English headings, with the values of the graph in its cells.
import {
  documentNumber,
  drawYuan,
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  writeYuan,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { daysAfter } from './enforcement.ts';

const HEADINGS = [
  'uscc',
  'subject_name',
  'case_number',
  'document_kind',
  'instance',
  'cause',
  'role',
  'outcome',
  'claimed_yuan',
  'awarded_yuan',
  'decided_on',
  'effective_on',
  'published_on',
  'court',
  'court_uscc',
  'under_review',
] as const;

const COUNTS: Readonly<Record<SampleSubject['risk'], readonly [least: number, most: number]>> = {
  LOW: [0, 1],
  MEDIUM: [0, 3],
  HIGH: [1, 6],
};

const CIVIL_CAUSES = [
  '买卖合同纠纷',
  '建设工程施工合同纠纷',
  '金融借款合同纠纷',
  '租赁合同纠纷',
  '承揽合同纠纷',
  '劳动争议',
  '服务合同纠纷',
  '运输合同纠纷',
  '侵害商标权纠纷',
  '股权转让纠纷',
];
const ADMINISTRATIVE_CAUSES = ['行政处罚', '行政许可', '工伤认定'];

const OUTCOMES: readonly (readonly [outcome: string, weight: number])[] = [
  ['ALLOWED', 30],
  ['PARTLY_ALLOWED', 40],
  ['DISMISSED', 12],
  ['WITHDRAWN', 10],
  ['SETTLED', 8],
];
const APPEAL_OUTCOMES: readonly (readonly [outcome: string, weight: number])[] = [
  ['UPHELD', 75],
  ['REVERSED', 18],
  ['REMANDED', 7],
];

/** Makes the sample file of judgments. */
export function judgmentsSample(population: Population): SampleFile {
  return {
    fileName: 'judgments.csv',
    kind: 'csv',
    encoding: 'utf-8',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'courts/judgments', judgmentsOf),
  };
}

function* judgmentsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const drawn = random.integer(...COUNTS[subject.risk]);
  // The worked example has one that was published and one that was not.
  const count = subject.index === 0 ? 3 : drawn;
  const earliest = subject.establishedOn > '2021-09-01' ? subject.establishedOn : '2021-09-01';
  for (let at = 0; at < count; at += 1) {
    const isShown = subject.index === 0 && at === 0;
    const decidedOn = isShown ? '2026-03-19' : random.dateBetween(earliest, SAMPLE_DAY);
    yield judgmentOf(subject, decidedOn, at, random.fork(at));
  }
}

function judgmentOf(
  subject: SampleSubject,
  decidedOn: string,
  at: number,
  random: Random,
): readonly string[] {
  const isAppeal = random.chance(0.2);
  const isAdministrative = !isAppeal && random.chance(0.05);
  const outcome = isAppeal ? random.weighted(APPEAL_OUTCOMES) : random.weighted(OUTCOMES);
  // An appeal goes to the court of the city.
  const region = isAppeal ? `${subject.regionCode.slice(0, 4)}00` : subject.regionCode;
  const court = publisherOf('COURT', region);
  const number = documentNumber(
    isAppeal ? 'COURT_APPEAL' : isAdministrative ? 'COURT_ADMINISTRATIVE' : 'COURT_JUDGMENT',
    region,
    Number(decidedOn.slice(0, 4)),
    subject.index * 10 + at + 1,
  );
  const claimed = isAdministrative ? 0 : drawYuan(random, 3_000, 6_000_000);
  const publishedOn = daysAfter(decidedOn, random.integer(7, 40));
  const isPublished = subject.index === 0 ? at !== 1 : random.chance(0.85) && outcome !== 'SETTLED';
  const isFinal = isAppeal || outcome === 'WITHDRAWN' || outcome === 'SETTLED';
  return [
    subject.code,
    subject.nameZh,
    number,
    documentKindOf(outcome),
    isAppeal ? 'SECOND' : 'FIRST',
    random.pick(isAdministrative ? ADMINISTRATIVE_CAUSES : CIVIL_CAUSES),
    roleOf(isAppeal, isAdministrative, random),
    outcome,
    claimed === 0 ? '' : writeYuan(claimed, 'plain', random.integer(0, 99)),
    awardedOf(outcome, claimed),
    decidedOn,
    isFinal ? decidedOn : daysAfter(decidedOn, 16),
    isPublished ? publishedOn : '',
    court.name,
    court.code,
    random.chance(0.02) ? 'Y' : 'N',
  ];
}

function documentKindOf(outcome: string): string {
  if (outcome === 'SETTLED') return 'MEDIATION';
  return outcome === 'WITHDRAWN' || outcome === 'REMANDED' ? 'RULING' : 'JUDGMENT';
}

function roleOf(isAppeal: boolean, isAdministrative: boolean, random: Random): string {
  if (isAppeal) return random.pick(['APPELLANT', 'APPELLEE']);
  if (isAdministrative) return random.pick(['PLAINTIFF', 'THIRD_PARTY']);
  return random.pick(['PLAINTIFF', 'DEFENDANT', 'DEFENDANT', 'DEFENDANT']);
}

function awardedOf(outcome: string, claimed: number): string {
  if (claimed === 0) return '';
  if (outcome === 'ALLOWED') return writeYuan(claimed);
  if (outcome === 'PARTLY_ALLOWED' || outcome === 'SETTLED') {
    return writeYuan(Math.floor(claimed * 0.6));
  }
  return '';
}

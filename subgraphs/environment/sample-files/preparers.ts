// Sample points of preparers of impact assessments: JSON lines of a credit platform.
import {
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';

const HEADINGS = [
  '统一社会信用代码',
  '单位名称',
  '记分周期起',
  '记分周期止',
  '失信记分',
  '信用状态',
  '失信记分明细',
  '列入黑名单日期',
  '公开日期',
  '信用平台主管机关',
  '发布机关统一社会信用代码',
] as const;

const YEARS = [2023, 2024, 2025] as const;

const REASONS = [
  { points: 2, reason: '编制规范性问题：未按规定附编制情况承诺书' },
  { points: 5, reason: '报告表存在质量问题：环境质量现状数据引用不当' },
  { points: 5, reason: '报告书存在质量问题：遗漏主要环境保护目标' },
  { points: 8, reason: '未在信用平台提交单位情况变更信息' },
] as const;

/** Makes the sample file of preparers. */
export function preparersSample(population: Population): SampleFile {
  return {
    fileName: 'preparers.jsonl',
    kind: 'jsonl',
    encoding: 'utf-8',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'environment/preparers', cyclesOf),
  };
}

function* cyclesOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const prepares =
    subject.category === 'ENTERPRISE' && ['M74', 'N77'].includes(subject.industry.code);
  if (!prepares && subject.index > 0) return;
  for (const year of YEARS) {
    const cycleFrom = `${year}-07-01`;
    const lastDay = subject.endedOn ?? SAMPLE_DAY;
    if (subject.establishedOn <= cycleFrom && lastDay >= `${year + 1}-06-30`) {
      yield cycleOf(subject, year, random);
    }
  }
}

function cycleOf(subject: SampleSubject, year: number, random: Random): readonly string[] {
  const isShown = subject.index === 0 && year === 2025;
  const count = isShown
    ? 3
    : { LOW: random.chance(0.2) ? 1 : 0, MEDIUM: random.integer(0, 3), HIGH: random.integer(2, 6) }[
        subject.risk
      ];
  const entries = Array.from({ length: count }, (_none, at) => {
    const { points, reason } = isShown ? (REASONS[at] ?? REASONS[0]) : random.pick(REASONS);
    const enteredOn = random.dateBetween(`${year}-07-05`, `${year + 1}-06-20`);
    return { enteredOn, points, reason };
  });
  const points = entries.reduce((sum, each) => sum + each.points, 0);
  const isBanned = subject.risk === 'HIGH' && !isShown && points >= 20 && random.chance(0.3);
  const standing = isBanned
    ? '黑名单'
    : points >= 20
      ? '限期整改'
      : points >= 10
        ? '警示'
        : '正常公开';
  const office = publisherOf('ENVIRONMENT', `${subject.regionCode.slice(0, 4)}00`);
  return [
    subject.code,
    subject.nameZh,
    `${year}-07-01`,
    `${year + 1}-06-30`,
    String(points),
    standing,
    entries.length === 0 ? '' : JSON.stringify(entries),
    isBanned ? `${year + 1}-06-24` : '',
    `${year + 1}-06-26`,
    office.name,
    office.code,
  ];
}

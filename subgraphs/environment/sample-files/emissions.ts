// Sample emissions of key permit holders: CSV with a byte order mark.
import {
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import type { Pollutant } from './industry.ts';
import { permitFacts, permitStream, type PermitFacts } from './permit-facts.ts';
import { yearlyTonnes } from './permits.ts';

const HEADINGS = [
  '统一社会信用代码',
  '企业名称',
  '许可证编号',
  '管理类别',
  '排放时段',
  '排放类型',
  '污染物名称',
  '实际排放量(吨)',
  '许可排放量(吨)',
  '平均浓度',
  '浓度单位',
  '超标次数',
  '公开日期',
  '公开平台主管机关',
  '发布机关统一社会信用代码',
] as const;

// Each period with the day of its disclosure, and what part of a year it is.
const PERIODS = [
  { period: '2024', disclosedOn: '2025-03-28', part: 1 },
  { period: '2025Q1', disclosedOn: '2025-04-25', part: 0.25 },
  { period: '2025Q2', disclosedOn: '2025-07-25', part: 0.25 },
  { period: '2025Q3', disclosedOn: '2025-10-24', part: 0.25 },
  { period: '2025Q4', disclosedOn: '2026-01-23', part: 0.25 },
  { period: '2026Q1', disclosedOn: '2026-04-24', part: 0.25 },
] as const;

const MEDIA = { WATER: '废水', AIR: '废气' } as const;

/** Makes the sample file of emissions. */
export function emissionsSample(population: Population): SampleFile {
  const streamOf = permitStream(population);
  return {
    fileName: 'emissions.csv',
    kind: 'csv',
    encoding: 'utf-8-bom',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'environment/emissions', function* (subject, random) {
      const facts = permitFacts(subject, streamOf(subject));
      if (facts?.tier !== '重点管理') return;
      for (const each of PERIODS) {
        const lastDay = facts.endedOn === '' ? SAMPLE_DAY : facts.endedOn;
        if (each.disclosedOn < facts.issuedOn || each.disclosedOn > lastDay) continue;
        for (const pollutant of facts.trade.pollutants) {
          yield emissionOf(subject, facts, each, pollutant, random);
        }
      }
    }),
  };
}

function emissionOf(
  subject: SampleSubject,
  facts: PermitFacts,
  { period, disclosedOn, part }: (typeof PERIODS)[number],
  pollutant: Pollutant,
  random: Random,
): readonly string[] {
  const office = publisherOf('ENVIRONMENT', subject.regionCode);
  const permitted = yearlyTonnes(pollutant, facts.scale) * part;
  const share = random.integer(
    subject.risk === 'LOW' ? 20 : 50,
    subject.risk === 'HIGH' ? 110 : 90,
  );
  const exceedances = share > 80 ? random.integer(1, 9) : 0;
  return [
    subject.code,
    subject.nameZh,
    facts.certificateNumber,
    facts.tier,
    period,
    MEDIA[pollutant.medium],
    pollutant.name,
    ((permitted * share) / 100).toFixed(4),
    permitted.toFixed(4),
    ((pollutant.limit * share) / 100).toFixed(2),
    pollutant.unit,
    String(exceedances),
    disclosedOn,
    office.name,
    office.code,
  ];
}

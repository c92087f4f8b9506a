// Sample discharge permits: JSON lines, whose nested cells are JSON text.
import {
  publisherOf,
  rowsBySubject,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import type { Pollutant } from './industry.ts';
import { permitFacts, permitStream, type PermitFacts } from './permit-facts.ts';

const HEADINGS = [
  'uscc',
  'subject_name',
  'certificate_number',
  'tier',
  'status',
  'site_name',
  'site_address',
  'region_code',
  'industry',
  'issued_on',
  'valid_from',
  'valid_until',
  'ended_on',
  'issuer',
  'authority_uscc',
  'outlets',
  'standards',
  'monitoring_duties',
  'confidentiality_claim',
  'processes',
] as const;

const OUTLETS = {
  WATER: { number: 'DW001', position: '厂区污水总排口', mode: '间断排放，流量稳定' },
  AIR: { number: 'DA001', position: '生产车间排气筒', mode: '连续排放' },
} as const;

/** Makes the sample file of permits. */
export function permitsSample(population: Population): SampleFile {
  const streamOf = permitStream(population);
  return {
    fileName: 'permits.jsonl',
    kind: 'jsonl',
    encoding: 'utf-8',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'environment/permits', function* (subject, random) {
      const facts = permitFacts(subject, streamOf(subject));
      if (facts !== null) yield permitOf(subject, facts, random);
    }),
  };
}

function permitOf(subject: SampleSubject, facts: PermitFacts, random: Random): readonly string[] {
  const { tier, trade } = facts;
  const isPermit = tier !== '登记管理';
  const office = publisherOf('ENVIRONMENT', subject.regionCode);
  const claims = subject.index === 0 || (isPermit && random.chance(0.15));
  const capacity = `${random.integer(1, 50) * 1000}吨/年`;
  return [
    subject.code,
    subject.nameZh,
    facts.certificateNumber,
    tier,
    facts.status,
    `${subject.nameZh}${random.pick(['', '一厂', '生产基地'])}`,
    subject.address,
    subject.regionCode,
    subject.industry.nameZh,
    facts.issuedOn,
    facts.issuedOn,
    facts.validUntil,
    facts.endedOn,
    office.name,
    office.code,
    isPermit ? JSON.stringify(outletsOf(facts)) : '',
    isPermit ? trade.standards.join('；') : '',
    isPermit ? JSON.stringify(dutiesOf(facts)) : '',
    claims ? '是' : '否',
    isPermit
      ? JSON.stringify([
          { name: trade.process, yearlyCapacity: capacity, materials: trade.materials },
        ])
      : '',
  ];
}

function outletsOf({ tier, trade, scale }: PermitFacts): readonly object[] {
  const media = [...new Set(trade.pollutants.map((each) => each.medium))];
  return media.map((medium) => ({
    ...OUTLETS[medium],
    medium,
    destination: medium === 'WATER' ? '城镇污水处理厂' : '大气环境',
    pollutants: trade.pollutants
      .filter((each) => each.medium === medium)
      .map((each) => ({
        name: each.name,
        concentrationLimit: each.limit,
        concentrationUnit: each.unit,
        ...(tier === '重点管理' && { yearlyTonnes: yearlyTonnes(each, scale) }),
      })),
  }));
}

/** Tells how much of a pollutant a site of some scale may emit in a year. */
export function yearlyTonnes(pollutant: Pollutant, scale: number): number {
  return Math.round(scale * pollutant.limit * 10) / 1000;
}

function dutiesOf({ tier, trade }: PermitFacts): readonly object[] {
  return trade.pollutants.map(({ name, medium }, at) => {
    const isAutomatic = tier === '重点管理' && at === 0;
    return {
      outlet: OUTLETS[medium].number,
      factor: name,
      method: isAutomatic ? 'AUTOMATIC' : 'MANUAL',
      frequency: isAutomatic ? '连续监测' : tier === '重点管理' ? '1次/月' : '1次/半年',
    };
  });
}

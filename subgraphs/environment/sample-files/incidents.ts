// Sample incidents: plain CSV.
import {
  badRecordCount,
  dateOfDay,
  dayNumber,
  publisherOf,
  documentNumber,
  rowsBySubject,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { laterOf, tradeOf } from './industry.ts';

const HEADINGS = [
  '统一社会信用代码',
  '企业名称',
  '事件认定文号',
  '事件级别',
  '发生日期',
  '发生地行政区划代码',
  '事件事实',
  '对环保信用等级的影响',
  '处置完成日期',
  '认定日期',
  '认定机关',
  '发布机关统一社会信用代码',
] as const;

const LEVELS = [
  ['一般突发环境事件', 80],
  ['较大突发环境事件', 17],
  ['重大突发环境事件', 3],
] as const;

const HAPPENED = [
  '废水收集池防渗层破损，生产废水渗漏进入厂外沟渠，下游断面水质短时超标',
  '危险化学品储罐阀门失效，物料泄漏，周边空气中特征污染物浓度短时升高',
  '除尘设施故障未及时停产检修，大量烟尘外逸，影响周边居民区环境空气质量',
  '外加剂储罐倾覆，碱性废液经雨水管网进入河道，造成局部河段水体异常',
] as const;

/** Makes the sample file of incidents. */
export function incidentsSample(population: Population): SampleFile {
  return {
    fileName: 'incidents.csv',
    kind: 'csv',
    encoding: 'utf-8',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'environment/incidents', incidentsOf),
  };
}

function* incidentsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  if (tradeOf(subject) === null) return;
  const count = Math.min(badRecordCount(subject, random, 0.4), 2);
  for (let at = 0; at < count; at += 1) {
    const isShown = subject.index === 0 && at === 0;
    const earliest = laterOf(subject.establishedOn, '2022-01-10');
    const occurredOn = isShown ? '2025-11-03' : random.dateBetween(earliest, '2026-02-28');
    if (occurredOn >= earliest) yield incidentOf(subject, occurredOn, at, random);
  }
}

function incidentOf(
  subject: SampleSubject,
  occurredOn: string,
  at: number,
  random: Random,
): readonly string[] {
  const isShown = subject.index === 0 && at === 0;
  const level = isShown ? '较大突发环境事件' : random.weighted(LEVELS);
  const city = `${subject.regionCode.slice(0, 4)}00`;
  const office = publisherOf('ENVIRONMENT', city);
  const determinedOn = dateOfDay(dayNumber(occurredOn) + random.integer(30, 90));
  const resolvedOn = dateOfDay(dayNumber(occurredOn) + random.integer(3, 200));
  const year = Number(determinedOn.slice(0, 4));
  return [
    subject.code,
    subject.nameZh,
    documentNumber('ENVIRONMENT_ORDER', city, year, subject.index * 10 + at + 1),
    level,
    occurredOn,
    subject.regionCode,
    isShown ? HAPPENED[3] : random.pick(HAPPENED),
    random.chance(0.3) ? '' : level === '一般突发环境事件' ? '降低一级' : '直接评为不良',
    resolvedOn <= SAMPLE_DAY ? resolvedOn : '',
    determinedOn,
    office.name,
    office.code,
  ];
}

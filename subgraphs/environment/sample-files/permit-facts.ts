// The permit of an invented site. Permits and emissions are two files about the same sites, so both
// draw it from the same stream.
import {
  dischargePermitNumber,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleSubject,
} from '../../kit/index.ts';
import { addYears, laterOf, lastDayOf, tradeOf, type Trade } from './industry.ts';

/** What both files say of a site. */
export interface PermitFacts {
  readonly certificateNumber: string;
  readonly tier: '重点管理' | '简化管理' | '登记管理';
  readonly status: '有效' | '注销' | '失效' | '暂扣';
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly endedOn: string;
  /** Tonnes that the site may emit in a year, before the weight of the pollutant. */
  readonly scale: number;
  readonly trade: Trade;
}

/** Opens the stream of a subject's permit. */
export function permitStream(population: Population): (subject: SampleSubject) => Random {
  const root = population.random.fork('environment/permit-facts');
  return (subject) => root.fork(subject.index);
}

/** Draws the permit of a subject; null where it needs none. */
export function permitFacts(subject: SampleSubject, random: Random): PermitFacts | null {
  const trade = tradeOf(subject);
  if (trade === null) return null;
  const isFirst = subject.index === 0;
  const drawnTier = random.weighted([
    ['重点管理', 10 + Math.min(subject.sizeFactor, 20)],
    ['简化管理', 12],
    ['登记管理', 14],
  ] as const);
  const lastIssue = random.chance(0.8) ? '2024-12-20' : SAMPLE_DAY;
  const drawnDay = random.dateBetween(laterOf(subject.establishedOn, '2020-07-01'), lastIssue);
  const issuedOn = isFirst ? '2025-03-18' : drawnDay;
  const validUntil = addYears(issuedOn, 5);
  const isSuspended = subject.risk === 'HIGH' && !isFirst && random.chance(0.1);
  const lastDay = lastDayOf(subject);
  if (issuedOn > lastDay) return null;
  const status =
    subject.endedOn !== null
      ? '注销'
      : validUntil < SAMPLE_DAY
        ? '失效'
        : isSuspended
          ? '暂扣'
          : '有效';
  return {
    certificateNumber: dischargePermitNumber(subject.code, 1),
    tier: isFirst ? '重点管理' : drawnTier,
    status,
    issuedOn,
    validUntil,
    endedOn: subject.endedOn === null ? '' : lastDay,
    scale: Math.round(subject.sizeFactor * random.integer(20, 80)) / 10,
    trade,
  };
}

// Sample inspections: plain CSV under English headings; all of it above PUBLIC.
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

const HEADINGS = [
  'uscc',
  'inspection_number',
  'period_from',
  'period_to',
  'outcome',
  'facts',
  'recovered_yuan',
  'penalty_document',
  'transferred',
  'concluded_on',
  'authority',
  'authority_uscc',
] as const;

const CHANCES: Readonly<Record<SampleSubject['risk'], number>> = {
  LOW: 0.05,
  MEDIUM: 0.25,
  HIGH: 0.7,
};

const OUTCOMES: readonly (readonly [outcome: string, weight: number])[] = [
  ['NO_FINDING', 40],
  ['RECOVERED', 35],
  ['PENALISED', 20],
  ['TRANSFERRED', 5],
];

/** Makes the sample file of inspections. */
export function inspectionsSample(population: Population): SampleFile {
  return {
    fileName: 'inspections.csv',
    kind: 'csv',
    encoding: 'utf-8',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'tax/inspections', inspectionsOf),
  };
}

function* inspectionsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const isFirst = subject.index === 0;
  if (!isFirst && !random.chance(CHANCES[subject.risk])) return;
  const earliest = subject.establishedOn > '2022-01-01' ? subject.establishedOn : '2022-01-01';
  const concludedOn = isFirst ? '2026-05-28' : random.dateBetween(earliest, SAMPLE_DAY);
  const year = Number(concludedOn.slice(0, 4));
  const outcome = isFirst ? 'PENALISED' : random.weighted(OUTCOMES);
  const office = publisherOf('TAX', subject.regionCode);
  const number = (kind: 'TAX_NOTICE' | 'TAX_PENALTY'): string =>
    documentNumber(kind, subject.regionCode, year, subject.index * 10 + 1);
  const isPenalised = outcome === 'PENALISED' || outcome === 'TRANSFERRED';
  yield [
    subject.code,
    number('TAX_NOTICE'),
    `${year - 2}-01-01`,
    `${year - 1}-12-31`,
    outcome,
    outcome === 'NO_FINDING'
      ? '经检查，未发现税收违法问题。'
      : '经检查，该单位少列收入，少缴税款。',
    outcome === 'NO_FINDING' ? '' : writeYuan(drawYuan(random, 10_000, 5_000_000), 'thousands'),
    isPenalised ? number('TAX_PENALTY') : '',
    outcome === 'TRANSFERRED' ? 'Y' : 'N',
    concludedOn,
    office.name,
    office.code,
  ];
}

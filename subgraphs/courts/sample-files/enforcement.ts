// The invented enforcements against a subject, from which the sample files of cases, of listings
// and of spending limits are told: three instruments of one enforcement must agree with each other.
import {
  badRecordCount,
  dateOfDay,
  dayNumber,
  documentNumber,
  drawYuan,
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleRow,
  type SampleSubject,
} from '../../kit/index.ts';

/** An invented enforcement. */
export interface Enforcement {
  /** 0 for the first of the subject. */
  readonly number: number;
  readonly caseNumber: string;
  readonly filedOn: string;
  readonly basisDocument: string;
  readonly court: { readonly name: string; readonly code: string };
  readonly amountYuan: number;
  /** As the courts write it: 执行中. */
  readonly status: string;
  /** Null while the case is open. */
  readonly closedOn: string | null;
  readonly isUnderReview: boolean;
}

const STATUSES: readonly (readonly [status: string, weight: number])[] = [
  ['执行中', 50],
  ['中止执行', 5],
  ['终结本次执行程序', 20],
  ['执行完毕', 20],
  ['终结执行', 4],
  ['销案', 1],
];
const OPEN: ReadonlySet<string> = new Set(['执行中', '中止执行']);

// The worked example: two that stand, and between them one that is over, and so not public.
const FIRST_SUBJECT = [
  { filedOn: '2026-03-02', status: '执行中', closedOn: null },
  { filedOn: '2024-09-11', status: '执行完毕', closedOn: '2026-02-20' },
  { filedOn: '2026-01-15', status: '执行中', closedOn: null },
] as const;

/** Makes rows enforcement by enforcement; `random` is the file's own for this enforcement. */
export function rowsByEnforcement(
  population: Population,
  file: string,
  rowsOf: (subject: SampleSubject, enforcement: Enforcement, random: Random) => Iterable<SampleRow>,
): () => Generator<SampleRow, void, undefined> {
  // One key for all files, so that each of them draws the same enforcements.
  return rowsBySubject(population, 'courts/enforcements', function* (subject, random) {
    for (const each of enforcementsOf(subject, random)) {
      yield* rowsOf(subject, each, random.fork(file).fork(each.number));
    }
  });
}

/** Adds days to an ISO date, not beyond the day of the samples. */
export function daysAfter(date: string, days: number): string {
  return dateOfDay(Math.min(dayNumber(date) + days, dayNumber(SAMPLE_DAY)));
}

function* enforcementsOf(subject: SampleSubject, random: Random): Generator<Enforcement> {
  const drawn = badRecordCount(subject, random, 1.2);
  const count = subject.index === 0 ? FIRST_SUBJECT.length : drawn;
  const earliest = subject.establishedOn > '2021-01-01' ? subject.establishedOn : '2021-01-01';
  for (let at = 0; at < count; at += 1) {
    const draw = random.fork(at);
    const fixed = subject.index === 0 ? FIRST_SUBJECT[at] : undefined;
    const filedOn = fixed?.filedOn ?? draw.dateBetween(earliest, '2026-06-01');
    const status = fixed?.status ?? draw.weighted(STATUSES);
    const closedOn = OPEN.has(status) ? null : daysAfter(filedOn, draw.integer(40, 400));
    const year = Number(filedOn.slice(0, 4));
    const serial = subject.index * 10 + at + 1;
    const kind = draw.chance(0.2) ? 'COURT_RESUMED_ENFORCEMENT' : 'COURT_ENFORCEMENT';
    yield {
      number: at,
      caseNumber: documentNumber(kind, subject.regionCode, year, serial),
      filedOn,
      basisDocument: documentNumber('COURT_JUDGMENT', subject.regionCode, year - 1, serial),
      court: publisherOf('COURT', subject.regionCode),
      amountYuan: drawYuan(draw, 5_000, 8_000_000),
      status,
      closedOn: fixed === undefined ? closedOn : fixed.closedOn,
      isUnderReview: draw.chance(0.04),
    };
  }
}

// A registration to the names by which it is found: current, English and former, each once.
import type { FormerName } from '../records.ts';
import { withoutLegalForm } from './legal-form.ts';
import { termsOfName } from './name-terms.ts';
import { normaliseName } from './normalise-name.ts';
import { placeOf, sliceAt, SLICE_LEVELS, term } from './term.ts';

/** Which of a subject's names it is. */
export type NameKind = 'CURRENT' | 'ENGLISH' | 'FORMER' | 'FORMER_ENGLISH';

/** What a name is derived from. */
export interface NamedSubject {
  readonly code: string;
  readonly name: string;
  readonly nameEnglish: string | null;
  readonly formerNames: readonly FormerName[];
  readonly status: string;
  readonly category: string;
  readonly regionCode: string;
}

/** A name as the table of names holds it. */
export interface NameRow {
  readonly no: number;
  readonly kind: NameKind;
  readonly name: string;
  readonly normalised: string;
  readonly place: number;
  readonly terms: readonly number[];
}

/** Former names that are searched; a subject with more keeps them in its registration. */
const FORMER_NAMES_MAX = 50;

const LEVELS = Array.from({ length: SLICE_LEVELS }, (_, at) => at + 1);

/** Derives the names of a subject; of two that are spelled alike the more current one stays. */
export function nameRowsOf(subject: NamedSubject): NameRow[] {
  const place = placeOf(subject.code);
  const shared = [
    ...LEVELS.map((level) => term.slice(sliceAt(place, level))),
    term.status(subject.status),
    term.category(subject.category),
    ...[2, 4, 6].map((length) => term.region(subject.regionCode.slice(0, length))),
  ];
  const rows: NameRow[] = [];
  const seen = new Set<string>();
  for (const [kind, name] of namesOf(subject)) {
    const normalised = normaliseName(name);
    // The current name is listed even where it has no letter to be searched by.
    if (seen.has(normalised) || (normalised === '' && kind !== 'CURRENT')) continue;
    seen.add(normalised);
    const terms = new Set([...termsOfName(normalised, withoutLegalForm(normalised)), ...shared]);
    rows.push({ no: rows.length, kind, name, normalised, place, terms: [...terms] });
  }
  return rows;
}

function* namesOf(subject: NamedSubject): Generator<readonly [NameKind, string]> {
  yield ['CURRENT', subject.name];
  if (subject.nameEnglish !== null) yield ['ENGLISH', subject.nameEnglish];
  for (const former of subject.formerNames.slice(0, FORMER_NAMES_MAX)) {
    yield ['FORMER', former.name];
    if (former.nameEnglish !== null) yield ['FORMER_ENGLISH', former.nameEnglish];
  }
}

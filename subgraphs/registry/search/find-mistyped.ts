// Finds subjects with a name that is the text but for one slip. The index gives names that agree with
// the text but for a few characters, and some strangers; which are one edit away is told here.
import { isOneEdit } from './edit-distance.ts';
import { withoutLegalForm } from './legal-form.ts';
import type { NameReading } from './name-reading.ts';
import {
  mistypedByTermsStatement,
  subjectsContainingStatement,
  type NameHit,
} from './name-statements.ts';
import { charactersOf } from './normalise-name.ts';
import type { NamePosition } from './search-position.ts';
import { halvesOfText, TYPO_CHARACTERS_MIN, variantsOfText } from './typo-terms.ts';

/** Names looked at, in steps; there are seldom more than a few hundred. */
const STEP = 1_000;
const STEPS_MAX = 4;
const AFTER_ALL_NAMES = 32_767;

/**
 * Finds subjects with a name one edit away from the text, and none that contains it, in the order of
 * their places. Of names beyond the first 4,000 that agree so far nothing is said.
 */
export async function findMistyped(
  reading: NameReading,
  after: NamePosition | null,
  limit: number,
): Promise<NameHit[]> {
  const { text, filters, run } = reading;
  if (text.length < TYPO_CHARACTERS_MIN) return [];
  const statement = mistypedByTermsStatement(filters);
  const terms = variantsOfText(text);
  const { start: textStart, end: textEnd } = halvesOfText(text);
  const found: NameHit[] = [];
  let last = { place: after?.place ?? -1, code: after?.code ?? '', no: AFTER_ALL_NAMES };
  for (let step = 0; step < STEPS_MAX && found.length < limit; step += 1) {
    const candidates = await run<NameHit>(statement, {
      terms,
      textStart,
      textEnd,
      afterPlace: last.place,
      afterCode: last.code,
      afterNo: last.no,
      limit: STEP,
    });
    const near = new Map<string, NameHit>();
    for (const candidate of candidates) {
      const { subject_code: code, place, no } = candidate;
      last = { place, code, no };
      const isKnown = near.has(code) || found.some((hit) => hit.subject_code === code);
      if (!isKnown && isNear(candidate, text)) near.set(code, candidate);
    }
    found.push(...(await withoutContaining(reading, near)));
    if (candidates.length < STEP) break;
  }
  return found.slice(0, limit);
}

/** A subject with a name that contains the text has been found by that name. */
async function withoutContaining(
  { run }: NameReading,
  near: ReadonlyMap<string, NameHit>,
): Promise<NameHit[]> {
  if (near.size === 0) return [];
  const rows = await run<{ subject_code: string }>(subjectsContainingStatement(), {
    codes: [...near.keys()],
  });
  const containing = new Set(rows.map((row) => row.subject_code));
  return [...near.values()].filter((hit) => !containing.has(hit.subject_code));
}

function isNear({ normalised }: NameHit, text: readonly string[]): boolean {
  const core = withoutLegalForm(normalised);
  return (
    isOneEdit(charactersOf(normalised), text) ||
    (core !== normalised && isOneEdit(charactersOf(core), text))
  );
}

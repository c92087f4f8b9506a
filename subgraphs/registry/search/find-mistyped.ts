// Finds subjects with a name that is the text but for one slip. The index gives names that agree with
// the text everywhere but in one stretch; which of them are one edit away is told here.
import { isOneEdit } from './edit-distance.ts';
import { withoutLegalForm } from './legal-form.ts';
import type { NameReading } from './name-reading.ts';
import { charactersOf } from './normalise-name.ts';
import { typoStatement, type NameHit } from './name-statements.ts';
import type { NamePosition } from './search-position.ts';
import { TYPO_CHARACTERS_MIN, typoTerms } from './typo-terms.ts';

/** Names looked at, in steps: their terms are so many that hardly a dozen ever fit. */
const STEP = 500;
const STEPS_MAX = 4;
const AFTER_ALL_NAMES = 32_767;

/**
 * Finds subjects with a name one edit away from the text, and none that contains it, in the order of
 * their places. Of names beyond the first 2,000 that agree with the text so far nothing is said.
 */
export async function findMistyped(
  { text, shared, shape, run }: NameReading,
  after: NamePosition | null,
  limit: number,
): Promise<NameHit[]> {
  if (text.length < TYPO_CHARACTERS_MIN) return [];
  const { stretches, lengths } = typoTerms(text);
  const statement = typoStatement(shape, stretches.length);
  const byStretch = Object.fromEntries(
    stretches.map((terms, at) => [`stretch${at}`, [...shared, ...terms]]),
  );
  const found = new Map<string, NameHit>();
  let last = { place: after?.place ?? -1, code: after?.code ?? '', no: AFTER_ALL_NAMES };
  for (let step = 0; step < STEPS_MAX && found.size < limit; step += 1) {
    const candidates = await run<NameHit>(statement, {
      ...byStretch,
      lengths,
      afterPlace: last.place,
      afterCode: last.code,
      afterNo: last.no,
      limit: STEP,
    });
    for (const candidate of candidates) {
      const { subject_code: code, place, no } = candidate;
      last = { place, code, no };
      if (found.size < limit && !found.has(code) && isNear(candidate, text)) {
        found.set(code, candidate);
      }
    }
    if (candidates.length < STEP) break;
  }
  return [...found.values()];
}

function isNear({ normalised }: NameHit, text: readonly string[]): boolean {
  const core = withoutLegalForm(normalised);
  return (
    isOneEdit(charactersOf(normalised), text) ||
    (core !== normalised && isOneEdit(charactersOf(core), text))
  );
}

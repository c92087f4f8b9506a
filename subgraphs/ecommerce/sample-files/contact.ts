// Contacts as platforms report them: service lines, and at times a mobile number in their place,
// which the import leaves out. The subscriber part is zeros, so that no number reaches anybody.
import type { Random, SampleSubject } from '../../kit/index.ts';

/** Draws what stands in the column of the service line. */
export function drawTelephone(subject: SampleSubject, random: Random): string {
  if (subject.index === 0) return '400-000-1234';
  const last = String(random.integer(0, 9999)).padStart(4, '0');
  return random.weighted([
    [`400-000-${last}`, 40],
    // An area code that is assigned to no city.
    [`0999-0000${last.slice(1)}`, 30],
    ['13000000000', 15],
    ['', 15],
  ]);
}

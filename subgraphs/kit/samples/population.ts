// The subjects that all sectors keep sample records about. Subject n is a function of the seed and
// n alone, so that sectors agree without a shared file and a million subjects take no memory.
import { createRandom, type Random } from './random.ts';
import { makeFirstSubject, makeSubject, type SampleSubject } from './sample-subject.ts';
import { SUBJECTS_MAX } from './synthetic-code.ts';

/** Sets the population of the samples that are checked in. */
export const SAMPLE_POPULATION = { seed: 'credit-graph', size: 2_600 } as const;

/** All subjects of a seed, made on demand. */
export interface Population {
  readonly seed: string;
  readonly size: number;
  /** The root stream; fork it by sector, record type and subject: `tax/ratings/17`. */
  readonly random: Random;
  /** Makes subject `index`, 0 to size - 1; the same one every time. */
  readonly at: (index: number) => SampleSubject;
  /** Makes all subjects in turn, holding one at a time. */
  readonly subjects: () => Generator<SampleSubject, void, undefined>;
}

/**
 * Opens a population. Subject 0 is always 91990101MA7K3P2Q8J, of which every sector shows a record
 * of every type.
 *
 * @throws RangeError for a size that is not 1 to 100 million
 */
export function createPopulation(options: {
  readonly seed: string;
  readonly size: number;
}): Population {
  const { seed, size } = options;
  if (!Number.isInteger(size) || size < 1 || size > SUBJECTS_MAX) {
    throw new RangeError(`A population has 1 to ${SUBJECTS_MAX} subjects, not ${size}.`);
  }
  const random = createRandom(seed);
  const at = (index: number): SampleSubject => {
    if (!Number.isInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`Subject ${index} is outside 0 to ${size - 1}.`);
    }
    return index === 0
      ? makeFirstSubject(random.fork('subject/0'))
      : makeSubject(index, random.fork(`subject/${index}`));
  };
  return {
    seed,
    size,
    random,
    at,
    *subjects() {
      for (let index = 0; index < size; index += 1) yield at(index);
    },
  };
}

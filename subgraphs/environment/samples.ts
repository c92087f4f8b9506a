// The sample files of the environment sector: every kind and encoding in which its authorities
// deliver.
import type { SampleSource } from '../kit/index.ts';
import { emissionsSample } from './sample-files/emissions.ts';
import { incidentsSample } from './sample-files/incidents.ts';
import { penaltiesSample } from './sample-files/penalties.ts';
import { permitsSample } from './sample-files/permits.ts';
import { preparersSample } from './sample-files/preparers.ts';
import { ratingsSample } from './sample-files/ratings.ts';

/** Makes the sample files of the environment sector. */
export const samples: SampleSource = (population) => [
  ratingsSample(population),
  penaltiesSample(population),
  permitsSample(population),
  emissionsSample(population),
  incidentsSample(population),
  preparersSample(population),
];

// The sample files of the e-commerce sector: every kind and encoding in which regulators and
// platforms deliver.
import type { SampleSource } from '../kit/index.ts';
import { bansSample } from './sample-files/bans.ts';
import { complaintsSample } from './sample-files/complaints.ts';
import { operatorsSample } from './sample-files/operators.ts';
import { platformRatingsSample } from './sample-files/platform-ratings.ts';
import { storesSample } from './sample-files/stores.ts';
import { violationsSample } from './sample-files/violations.ts';

/** Makes the sample files of the e-commerce sector. */
export const samples: SampleSource = (population) => [
  operatorsSample(population),
  storesSample(population),
  platformRatingsSample(population),
  violationsSample(population),
  bansSample(population),
  complaintsSample(population),
];

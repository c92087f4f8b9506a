// The sample files of the tax sector: every kind and encoding in which tax offices deliver.
import type { SampleSource } from '../kit/index.ts';
import { arrearsSample } from './sample-files/arrears.ts';
import { inspectionsSample } from './sample-files/inspections.ts';
import { majorViolationsSample } from './sample-files/major-violations.ts';
import { penaltiesSample } from './sample-files/penalties.ts';
import { ratingsSample } from './sample-files/ratings.ts';

/** Makes the sample files of the tax sector. */
export const samples: SampleSource = (population) => [
  ratingsSample(population),
  majorViolationsSample(population),
  arrearsSample(population),
  penaltiesSample(population),
  inspectionsSample(population),
];

// The sample files of the construction sector: every kind and encoding in which offices deliver.
import type { SampleSource } from '../kit/index.ts';
import { badConductSample, goodConductSample } from './sample-files/conduct.ts';
import { blacklistSample, wageArrearsSample } from './sample-files/lists.ts';
import { participationsSample, projectsSample } from './sample-files/projects.ts';
import { qualificationsSample } from './sample-files/qualifications.ts';
import { stageSamples } from './sample-files/stages.ts';

/** Makes the sample files of the construction sector. */
export const samples: SampleSource = (population) => [
  qualificationsSample(population),
  projectsSample(population),
  ...stageSamples(population),
  participationsSample(population),
  goodConductSample(population),
  badConductSample(population),
  wageArrearsSample(population),
  blacklistSample(population),
];

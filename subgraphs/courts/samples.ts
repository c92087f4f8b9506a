// The sample files of the courts sector: every kind and encoding in which courts deliver.
import type { SampleSource } from '../kit/index.ts';
import { enforcementCasesSample } from './sample-files/enforcement-cases.ts';
import { judgmentDebtorsFeed, judgmentDebtorsSample } from './sample-files/judgment-debtors.ts';
import { judgmentsSample } from './sample-files/judgments.ts';
import { spendingLimitsSample } from './sample-files/spending-limits.ts';

/** Makes the sample files of the courts sector. */
export const samples: SampleSource = (population) => [
  judgmentDebtorsSample(population),
  judgmentDebtorsFeed(population),
  enforcementCasesSample(population),
  spendingLimitsSample(population),
  judgmentsSample(population),
];

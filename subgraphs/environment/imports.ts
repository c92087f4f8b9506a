// The files that environmental authorities deliver, one format each.
import type { RecordFile } from '../kit/index.ts';
import { emissionFile } from './imports/emissions.ts';
import { incidentFile } from './imports/incidents.ts';
import { environmentPenaltyFile } from './imports/penalties.ts';
import { permitFile } from './imports/permits.ts';
import { preparerFile } from './imports/preparers.ts';
import { ratingFile } from './imports/ratings.ts';

/** File formats of the environment sector. */
export const files: readonly RecordFile[] = [
  ratingFile,
  environmentPenaltyFile,
  permitFile,
  emissionFile,
  incidentFile,
  preparerFile,
];

// The files that market regulators and platforms deliver, one format each; none of them takes in the
// telephone number of a person.
import type { RecordFile } from '../kit/index.ts';
import { banFile } from './imports/bans.ts';
import { complaintFile } from './imports/complaints.ts';
import { operatorFile } from './imports/operators.ts';
import { platformRatingFile } from './imports/platform-ratings.ts';
import { storeFile } from './imports/stores.ts';
import { refuseTelephones } from './imports/telephone.ts';
import { violationFile } from './imports/violations.ts';

/** File formats of the e-commerce sector. */
export const files: readonly RecordFile[] = [
  operatorFile,
  storeFile,
  platformRatingFile,
  violationFile,
  banFile,
  complaintFile,
].map(refuseTelephones);

// The files that the construction administration delivers, one format each.
import type { RecordFile } from '../kit/index.ts';
import {
  badConductFile,
  blacklistFile,
  goodConductFile,
  wageArrearsFile,
} from './imports/conduct.ts';
import { participationFile, projectFile } from './imports/projects.ts';
import { qualificationFile } from './imports/qualifications.ts';
import {
  completionFile,
  contractFile,
  drawingReviewFile,
  licenceFile,
  tenderFile,
} from './imports/stages.ts';

/** File formats of the construction sector. */
export const files: readonly RecordFile[] = [
  qualificationFile,
  projectFile,
  tenderFile,
  contractFile,
  drawingReviewFile,
  licenceFile,
  completionFile,
  participationFile,
  goodConductFile,
  badConductFile,
  wageArrearsFile,
  blacklistFile,
];

// The files that the tax administration delivers, one format each.
import { penaltyFile, type RecordFile } from '../kit/index.ts';
import { arrearsFile } from './imports/arrears.ts';
import { inspectionFile } from './imports/inspections.ts';
import { majorViolationFile } from './imports/major-violations.ts';
import { ratingFile } from './imports/ratings.ts';
import { penalties } from './records.ts';

/** File formats of the tax sector. */
export const files: readonly RecordFile[] = [
  ratingFile,
  majorViolationFile,
  arrearsFile,
  penaltyFile(penalties),
  inspectionFile,
];

// The files that the people's courts deliver, one format each.
import type { RecordFile } from '../kit/index.ts';
import { enforcementCaseFile } from './imports/enforcement-cases.ts';
import { judgmentDebtorFile } from './imports/judgment-debtors.ts';
import { judgmentFile } from './imports/judgments.ts';
import { spendingLimitFile } from './imports/spending-limits.ts';

/** File formats of the courts sector. */
export const files: readonly RecordFile[] = [
  judgmentDebtorFile,
  enforcementCaseFile,
  spendingLimitFile,
  judgmentFile,
];

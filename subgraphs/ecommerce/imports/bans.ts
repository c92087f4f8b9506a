// Time-limited bans: a ban without a last day is refused, since the law knows none.
import { column, endClock, recordFile, runClocks } from '../../kit/index.ts';
import { BAN_CLOCKS } from '../clocks.ts';
import { bans } from '../records.ts';
import {
  publisherCode,
  required,
  requiredDay,
  retrievedAt,
  subjectCode,
  subjectName,
} from './shared-columns.ts';

const SCOPES = {
  全部电子商务活动: 'ALL',
  特定品类: 'CATEGORY',
  特定平台: 'PLATFORM',
  直播带货: 'LIVE_SALES',
  跨境电子商务: 'CROSS_BORDER',
} as const;

/** The file format of bans. */
export const banFile = recordFile({
  name: 'bans',
  table: bans,
  changedBy: ['liftedOn'],
  columns: {
    subjectCode,
    subjectName,
    decisionNumber: column.text(['禁入决定文号', 'decision_number'], { required: true, max: 200 }),
    scope: column.choice(['禁入范围', 'scope'], SCOPES, required),
    scopeDetail: column.text(['禁入范围说明', 'scope_detail'], { max: 500 }),
    bannedFrom: column.date(['禁入起始日期', 'banned_from'], requiredDay),
    bannedUntil: column.date(['禁入截止日期', 'banned_until'], required),
    basis: column.text(['禁入依据', 'basis'], { required: true, max: 5_000 }),
    liftedOn: column.date(['解除日期', 'lifted_on'], { open: 'none' }),
    decidedOn: column.date(['决定日期', 'decided_on'], requiredDay),
    publisher: column.text(['决定机关', 'authority'], { required: true, max: 200 }),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    const { bannedFrom, bannedUntil, liftedOn } = cells;
    if (bannedUntil === 'OPEN')
      return reject('bannedUntil', 'a ban is time-limited: a day is needed');
    if (bannedUntil < bannedFrom) return reject('bannedUntil', 'ends before it begins');
    if (liftedOn !== undefined && (liftedOn < bannedFrom || liftedOn > bannedUntil)) {
      return reject('liftedOn', 'lifted on a day on which the ban was not in force');
    }
    if (cells.scope === 'CATEGORY' && cells.scopeDetail === undefined) {
      return reject('scopeDetail', 'is empty beside a ban of a category');
    }
    const endsOn = liftedOn ?? bannedUntil;
    const clocks = runClocks(BAN_CLOCKS, cells.decidedOn, {
      LISTED: bannedFrom,
      ACT_ENDED: endsOn,
    });
    return {
      subjectCode: cells.subjectCode,
      values: {
        decisionNumber: cells.decisionNumber,
        scope: cells.scope,
        scopeDetail: cells.scopeDetail,
        bannedFrom,
        bannedUntil,
        basis: cells.basis,
        liftedOn,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: cells.decisionNumber,
        decidedOn: cells.decidedOn,
        publishedOn: cells.decidedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: { ...clocks, display: endClock(clocks.display, endsOn) },
      sortDate: bannedFrom,
    };
  },
});

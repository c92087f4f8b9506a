// Points of units that prepare environmental impact assessments. The platform also lists the persons
// who prepare; a row of a person has no credit code and is refused.
import { z } from 'zod';
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { BLACKLIST_CLOCKS, PREPARER_CLOCKS } from '../clocks.ts';
import { standingOf } from '../preparer-rules.ts';
import { preparerCycles } from '../records.ts';
import { readShape } from './json-cell.ts';
import {
  publisherCode,
  requiredDay,
  retrievedAt,
  subjectCode,
  subjectName,
} from './shared-columns.ts';

const STANDINGS = {
  正常公开: 'NORMAL',
  警示: 'WARNING',
  限期整改: 'RESTRICTED',
  黑名单: 'BLACKLISTED',
} as const;

const POINTS_MAX = 1_000;
const ENTRIES = z
  .array(
    z.strictObject({
      enteredOn: z.iso.date(),
      points: z.int().min(1).max(POINTS_MAX),
      reason: z.string().trim().min(1).max(500),
      documentNumber: z.string().trim().min(1).max(200).optional(),
    }),
  )
  .max(200);

/** The file format of points of preparers. */
export const preparerFile = recordFile({
  name: 'preparers',
  table: preparerCycles,
  changedBy: ['blacklistedOn'],
  columns: {
    subjectCode,
    subjectName,
    cycleFrom: column.date(['记分周期起', 'cycle_from'], requiredDay),
    cycleTo: column.date(['记分周期止', 'cycle_to'], requiredDay),
    points: column.integer(['失信记分', 'points'], { required: true, max: POINTS_MAX }),
    standing: column.choice(['信用状态', 'standing'], STANDINGS),
    entries: column.json(['失信记分明细', 'entries']),
    blacklistedOn: column.date(['列入黑名单日期', 'blacklisted_on'], { open: 'none' }),
    publishedOn: column.date(['公开日期', 'published_on'], requiredDay),
    publisher: column.text(['信用平台主管机关', 'authority'], { required: true, max: 200 }),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    const { cycleFrom, cycleTo, points, blacklistedOn } = cells;
    if (
      cycleTo <= cycleFrom ||
      cycleTo > `${Number(cycleFrom.slice(0, 4)) + 1}${cycleFrom.slice(4)}`
    ) {
      return reject('cycleTo', 'a cycle is one year');
    }
    const standing = blacklistedOn === undefined ? standingOf(points) : 'BLACKLISTED';
    if (cells.standing === 'BLACKLISTED' && blacklistedOn === undefined) {
      return reject('blacklistedOn', 'is empty beside an entry in the blacklist');
    }
    if (cells.standing !== undefined && cells.standing !== standing) {
      return reject('standing', `${points} points are ${standing}`);
    }
    const entries = readShape(ENTRIES, cells.entries, (reason) => reject('entries', reason)) ?? [];
    const sum = entries.reduce((total, entry) => total + entry.points, 0);
    if (entries.length > 0 && sum !== points) {
      return reject('entries', `the entries add up to ${sum}, not ${points}`);
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        cycleFrom,
        cycleTo,
        points,
        standing,
        entries,
        blacklistedOn,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        decidedOn: cells.publishedOn,
        publishedOn: cells.publishedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks:
        blacklistedOn === undefined
          ? runClocks(PREPARER_CLOCKS, cells.publishedOn, { DECIDED: cells.publishedOn })
          : runClocks(BLACKLIST_CLOCKS, blacklistedOn, { LISTED: blacklistedOn }),
      sortDate: cells.publishedOn,
    };
  },
});

// Yearly environmental credit ratings: the level is public, points and grounds are not.
import { z } from 'zod';
import { column, endClock, recordFile, runClocks } from '../../kit/index.ts';
import { RATING_CLOCKS } from '../clocks.ts';
import { ratings } from '../records.ts';
import { readDivision } from './division.ts';
import { readShape } from './json-cell.ts';
import {
  publisherCode,
  required,
  requiredDay,
  retrievedAt,
  subjectCode,
  subjectName,
} from './shared-columns.ts';
import { readWords } from './word-list.ts';

const LEVELS = {
  环保诚信企业: 'GREEN',
  环保良好企业: 'BLUE',
  环保警示企业: 'YELLOW',
  环保不良企业: 'RED',
  绿牌: 'GREEN',
  蓝牌: 'BLUE',
  黄牌: 'YELLOW',
  红牌: 'RED',
  黑牌: 'BLACK',
  绿: 'GREEN',
  蓝: 'BLUE',
  黄: 'YELLOW',
  红: 'RED',
  黑: 'BLACK',
  诚信: 'GREEN',
  良好: 'BLUE',
  警示: 'YELLOW',
  不良: 'RED',
  未参评: 'NOT_RATED',
  不予评价: 'NOT_RATED',
} as const;

const VETO_GROUNDS = {
  环境犯罪: 'CRIME',
  环评未批先建: 'BUILT_BEFORE_APPROVAL',
  未验先投: 'OPERATED_BEFORE_ACCEPTANCE',
  重大变动未重新报批: 'CHANGED_WITHOUT_ASSESSMENT',
  超总量排放: 'QUOTA_EXCEEDED',
  暗管渗井排放: 'HIDDEN_DISCHARGE',
  非法处置危险废物: 'HAZARDOUS_WASTE',
  较大以上环境事件: 'LARGER_INCIDENT',
  其他: 'OTHER',
} as const;

/** Indicators by the measures are 21; provinces add some of their own. */
const INDICATORS_MAX = 60;
const INDICATORS = z
  .array(
    z.strictObject({
      group: z.enum(['POLLUTION_PREVENTION', 'ECOLOGY', 'SUPERVISION', 'PUBLIC_OVERSIGHT']),
      name: z.string().min(1).max(100),
      score: z.number().min(-100).max(100),
      maximum: z.number().min(0).max(100),
    }),
  )
  .max(INDICATORS_MAX);

/** The file format of environmental ratings. */
export const ratingFile = recordFile({
  name: 'ratings',
  table: ratings,
  columns: {
    subjectCode,
    subjectName,
    ratingYear: column.integer(['参评年度', 'rating_year'], {
      required: true,
      min: 2006,
      max: 2100,
    }),
    region: column.text(['行政区划代码', 'region_code'], { required: true, max: 6 }),
    level: column.choice(['环保信用等级', 'level'], LEVELS, required),
    score: column.decimal(['评价得分', 'score'], { min: 0, max: 100 }),
    indicators: column.json(['指标得分', 'indicators']),
    vetoGrounds: column.text(['一票否决情形', 'veto_grounds'], { max: 500 }),
    ratedOn: column.date(['评价日期', 'rated_on'], requiredDay),
    publishedOn: column.date(['公布日期', 'published_on'], { open: 'none' }),
    validUntil: column.date(['有效期至', 'valid_until'], { open: 'none' }),
    publisher: column.text(['评价机关', 'authority'], { required: true, max: 200 }),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    const { level } = cells;
    const isWorst = level === 'RED' || level === 'BLACK';
    const vetoGrounds = readWords(cells.vetoGrounds, VETO_GROUNDS, (reason) =>
      reject('vetoGrounds', reason),
    );
    if (vetoGrounds.length > 0 && !isWorst) {
      return reject('vetoGrounds', `a ground of the worst level beside the level ${level}`);
    }
    if (level === 'NOT_RATED' && cells.score !== undefined) {
      return reject('score', 'points of an enterprise that was not rated');
    }
    if (Number(cells.ratedOn.slice(0, 4)) < cells.ratingYear) {
      return reject('ratedOn', 'rated before the year that is rated');
    }
    const clocks = runClocks(RATING_CLOCKS, cells.ratedOn, { DECIDED: cells.ratedOn });
    return {
      subjectCode: cells.subjectCode,
      values: {
        ratingYear: cells.ratingYear,
        ...readDivision(cells.region, (reason) => reject('region', reason)),
        level,
        score: cells.score,
        indicators: readShape(INDICATORS, cells.indicators, (reason) =>
          reject('indicators', reason),
        ),
        vetoGrounds,
        validUntil: cells.validUntil,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        decidedOn: cells.ratedOn,
        publishedOn: cells.publishedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks:
        cells.validUntil === undefined
          ? clocks
          : { ...clocks, display: endClock(clocks.display, cells.validUntil) },
      sortDate: cells.ratedOn,
    };
  },
});

// Determined environmental incidents. One that is still investigated is no record: it has no day of
// determination.
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { GENERAL_INCIDENT_CLOCKS, LARGER_INCIDENT_CLOCKS } from '../clocks.ts';
import { RATING_EFFECTS } from '../rating-effects.ts';
import { incidents } from '../records.ts';
import { readDivision } from './division.ts';
import {
  publisherCode,
  required,
  requiredDay,
  retrievedAt,
  subjectCode,
  subjectName,
} from './shared-columns.ts';

const LEVELS = {
  一般: 'GENERAL',
  较大: 'LARGER',
  重大: 'MAJOR',
  特别重大: 'PARTICULARLY_MAJOR',
  一般突发环境事件: 'GENERAL',
  较大突发环境事件: 'LARGER',
  重大突发环境事件: 'MAJOR',
  特别重大突发环境事件: 'PARTICULARLY_MAJOR',
} as const;

/** The file format of incidents. */
export const incidentFile = recordFile({
  name: 'incidents',
  table: incidents,
  changedBy: ['resolvedOn'],
  columns: {
    subjectCode,
    subjectName,
    incidentNumber: column.text(['事件认定文号', 'incident_number'], { required: true, max: 200 }),
    level: column.choice(['事件级别', 'level'], LEVELS, required),
    occurredOn: column.date(['发生日期', 'occurred_on'], requiredDay),
    region: column.text(['发生地行政区划代码', 'region_code'], { max: 6 }),
    facts: column.text(['事件事实', 'facts'], { required: true, max: 5_000 }),
    ratingEffect: column.choice(['对环保信用等级的影响', 'rating_effect'], {
      无影响: 'NONE',
      降低一级: 'ONE_LEVEL_DOWN',
      直接评为不良: 'RED',
    }),
    resolvedOn: column.date(['处置完成日期', 'resolved_on'], { open: 'none' }),
    determinedOn: column.date(['认定日期', 'determined_on'], requiredDay),
    publisher: column.text(['认定机关', 'authority'], { required: true, max: 200 }),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    if (cells.determinedOn < cells.occurredOn) {
      return reject('determinedOn', 'determined before it occurred');
    }
    if (cells.resolvedOn !== undefined && cells.resolvedOn < cells.occurredOn) {
      return reject('resolvedOn', 'resolved before it occurred');
    }
    const region = cells.region;
    const rules = cells.level === 'GENERAL' ? GENERAL_INCIDENT_CLOCKS : LARGER_INCIDENT_CLOCKS;
    return {
      subjectCode: cells.subjectCode,
      values: {
        incidentNumber: cells.incidentNumber,
        level: cells.level,
        occurredOn: cells.occurredOn,
        regionCode:
          region === undefined
            ? undefined
            : readDivision(region, (reason) => reject('region', reason)).regionCode,
        facts: cells.facts,
        ratingEffect: cells.ratingEffect ?? RATING_EFFECTS.effects[cells.level],
        resolvedOn: cells.resolvedOn,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: cells.incidentNumber,
        decidedOn: cells.determinedOn,
        publishedOn: cells.determinedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(rules, cells.determinedOn, {
        DETERMINED: cells.determinedOn,
        SANCTION_COMPLETED: cells.resolvedOn,
      }),
      sortDate: cells.determinedOn,
    };
  },
});

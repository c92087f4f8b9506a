// Discharge permits: one a production site, valid for at most five years. The representative and the
// persons to contact, whom the official table names, are never read.
import { column, endClock, recordFile, runClocks, type RecordClocks } from '../../kit/index.ts';
import { PERMIT_CLOCKS } from '../clocks.ts';
import { permits } from '../records.ts';
import { readDivision } from './division.ts';
import { readShape } from './json-cell.ts';
import { MONITORING_DUTIES, OUTLETS, PROCESSES } from './permit-content.ts';
import {
  publisherCode,
  required,
  requiredDay,
  retrievedAt,
  subjectCode,
  subjectName,
} from './shared-columns.ts';
import { splitWords } from './word-list.ts';

/** Spellings of the tiers, shared with the file of emissions. */
export const TIERS = {
  重点管理: 'KEY',
  简化管理: 'SIMPLIFIED',
  登记管理: 'REGISTRATION',
} as const;

const STATUSES = {
  有效: 'VALID',
  暂扣: 'SUSPENDED',
  吊销: 'REVOKED',
  撤销: 'CANCELLED',
  注销: 'CANCELLED',
  失效: 'EXPIRED',
} as const;

const VALIDITY_YEARS_MAX = 5;
const STANDARDS_MAX = 100;

/** The file format of discharge permits. */
export const permitFile = recordFile({
  name: 'permits',
  table: permits,
  changedBy: 'updateTime',
  columns: {
    subjectCode,
    subjectName,
    certificateNumber: column.text(['许可证编号', 'certificate_number'], {
      required: true,
      max: 100,
    }),
    tier: column.choice(['管理类别', 'tier'], TIERS, required),
    status: column.choice(['许可证状态', 'status'], STATUSES, required),
    siteName: column.text(['生产经营场所名称', 'site_name'], { required: true, max: 200 }),
    siteAddress: column.text(['生产经营场所地址', 'site_address'], { max: 300 }),
    region: column.text(['行政区划代码', 'region_code'], { required: true, max: 6 }),
    industry: column.text(['行业类别', 'industry'], { max: 200 }),
    issuedOn: column.date(['发证日期', 'issued_on'], requiredDay),
    validFrom: column.date(['有效期起', 'valid_from'], requiredDay),
    validUntil: column.date(['有效期止', 'valid_until'], { open: 'none' }),
    endedOn: column.date(['注销或吊销日期', 'ended_on'], { open: 'none' }),
    issuer: column.text(['发证机关', 'issuer'], { required: true, max: 200 }),
    outlets: column.json(['排放口', 'outlets']),
    standards: column.text(['执行标准', 'standards'], { max: 5_000 }),
    monitoringDuties: column.json(['自行监测要求', 'monitoring_duties']),
    confidentialityClaim: column.boolean(['是否申明商业秘密', 'confidentiality_claim']),
    processes: column.json(['生产工艺', 'processes']),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    const outlets = readShape(OUTLETS, cells.outlets, (reason) => reject('outlets', reason)) ?? [];
    const standards = splitWords(cells.standards);
    if (standards.length > STANDARDS_MAX) return reject('standards', 'more than 100 standards');
    if (cells.validUntil !== undefined && cells.validUntil < cells.validFrom) {
      return reject('validUntil', 'ends before it begins');
    }
    if (cells.tier !== 'REGISTRATION') {
      if (outlets.length === 0) return reject('outlets', 'a permit without an outlet');
      if (cells.validUntil === undefined || cells.validUntil > lastDayOf(cells.validFrom)) {
        return reject('validUntil', `a permit is valid for ${VALIDITY_YEARS_MAX} years at most`);
      }
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        certificateNumber: cells.certificateNumber,
        tier: cells.tier,
        status: cells.status,
        siteName: cells.siteName,
        siteAddress: cells.siteAddress,
        ...readDivision(cells.region, (reason) => reject('region', reason)),
        industry: cells.industry,
        validFrom: cells.validFrom,
        validUntil: cells.validUntil,
        issuer: cells.issuer,
        outlets,
        standards,
        monitoringDuties:
          readShape(MONITORING_DUTIES, cells.monitoringDuties, (reason) =>
            reject('monitoringDuties', reason),
          ) ?? [],
        confidentialityClaim: cells.confidentialityClaim ?? false,
        processes: readShape(PROCESSES, cells.processes, (reason) => reject('processes', reason)),
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.issuer,
        publisherCode: cells.publisherCode,
        documentNumber: cells.certificateNumber,
        decidedOn: cells.issuedOn,
        publishedOn: cells.issuedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: permitClocks(cells.issuedOn, cells.endedOn ?? cells.validUntil),
      sortDate: cells.issuedOn,
    };
  },
});

function lastDayOf(validFrom: string): string {
  return `${Number(validFrom.slice(0, 4)) + VALIDITY_YEARS_MAX}${validFrom.slice(4)}`;
}

function permitClocks(issuedOn: string, endsOn: string | undefined): RecordClocks {
  const clocks = runClocks(PERMIT_CLOCKS, issuedOn, { DECIDED: issuedOn, ACT_ENDED: endsOn });
  return endsOn === undefined ? clocks : { ...clocks, display: endClock(clocks.display, endsOn) };
}

// Qualifications of the enterprises of the building trade.
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { BASIC_CLOCKS } from '../clocks.ts';
import { qualifications } from '../records.ts';
import {
  dayOptional,
  dayRequired,
  required,
  sourceColumns,
  subjectColumns,
} from './shared-columns.ts';

/** Qualifications. */
export const qualificationFile = recordFile({
  name: 'qualifications',
  table: qualifications,
  columns: {
    ...subjectColumns,
    certificateNumber: column.text(['资质证书编号', 'certificate_number'], {
      required: true,
      max: 200,
    }),
    name: column.text(['资质名称', 'qualification_name'], { required: true, max: 300 }),
    grade: column.choice(
      ['资质等级', 'grade'],
      {
        ...{ 特级: 'SPECIAL', 综合: 'COMPREHENSIVE', 综合资质: 'COMPREHENSIVE' },
        ...{ 一级: 'FIRST', 甲级: 'FIRST', 二级: 'SECOND', 乙级: 'SECOND' },
        ...{ 三级: 'THIRD', 丙级: 'THIRD', 不分等级: 'UNGRADED' },
        ...{ SPECIAL: 'SPECIAL', COMPREHENSIVE: 'COMPREHENSIVE', FIRST: 'FIRST' },
        ...{ SECOND: 'SECOND', THIRD: 'THIRD', UNGRADED: 'UNGRADED' },
      },
      required,
    ),
    issuedOn: column.date(['发证日期', 'issued_on'], dayRequired),
    validFrom: column.date(['有效期起', 'valid_from'], dayOptional),
    validTo: column.date(['有效期止', 'valid_to'], dayOptional),
    issuer: column.text(['发证机关', 'issuer'], { required: true, max: 200 }),
    issuerCode: column.code(['发证机关统一社会信用代码', 'issuer_uscc']),
    status: column.choice(
      ['证书状态', 'certificate_status'],
      {
        ...{
          有效: 'VALID',
          暂扣: 'SUSPENDED',
          过期: 'EXPIRED',
          吊销: 'REVOKED',
          注销: 'CANCELLED',
        },
        ...{ VALID: 'VALID', SUSPENDED: 'SUSPENDED', EXPIRED: 'EXPIRED', REVOKED: 'REVOKED' },
        ...{ CANCELLED: 'CANCELLED' },
      },
      required,
    ),
    publishedOn: sourceColumns.publishedOn,
    state: sourceColumns.state,
    stateReason: sourceColumns.stateReason,
    retrievedAt: sourceColumns.retrievedAt,
  },
  draft: (cells, reject) => {
    if (cells.validTo !== undefined && cells.validTo < (cells.validFrom ?? cells.issuedOn)) {
      return reject('validTo', 'the validity ends before it starts');
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        certificateNumber: cells.certificateNumber,
        name: cells.name,
        grade: cells.grade,
        validFrom: cells.validFrom,
        validTo: cells.validTo,
        issuedOn: cells.issuedOn,
        issuer: cells.issuer,
        status: cells.status,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.issuer,
        publisherCode: cells.issuerCode,
        documentNumber: cells.certificateNumber,
        decidedOn: cells.issuedOn,
        publishedOn: cells.publishedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(BASIC_CLOCKS, cells.issuedOn, { DECIDED: cells.issuedOn }),
      state: cells.state,
      stateReason: cells.stateReason,
      sortDate: cells.issuedOn,
    };
  },
});

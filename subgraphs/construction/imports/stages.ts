// The stages of a project: tender, contract, drawing review, construction licence, completion.
import { column, recordFile } from '../../kit/index.ts';
import { completions, contracts, drawingReviews, licences, tenders } from '../records.ts';
import { readBids } from './bids.ts';
import { partyColumns, readParties } from './party-columns.ts';
import {
  CONTRACT_KINDS,
  dayOptional,
  dayRequired,
  projectColumns,
  required,
  sourceColumns,
} from './shared-columns.ts';
import { sourceOf } from './stage-draft.ts';

const numberRequired = { required: true, max: 200 } as const;
const inWan = { unit: 'wan yuan' } as const;
const squareMetres = { min: 0, max: 1e12 } as const;
const scale = column.text(['建设规模', 'scale'], { max: 1_000 });

/** Awarded tenders. */
export const tenderFile = recordFile({
  name: 'tenders',
  table: tenders,
  columns: {
    ...projectColumns,
    tenderNumber: column.text(['中标通知书编号', 'tender_number'], numberRequired),
    kind: column.choice(['招标类型', 'tender_kind'], CONTRACT_KINDS, required),
    method: column.choice(
      ['招标方式', 'tender_method'],
      {
        ...{ 公开招标: 'OPEN', 邀请招标: 'INVITED', 直接委托: 'DIRECT', 直接发包: 'DIRECT' },
        ...{ OPEN: 'OPEN', INVITED: 'INVITED', DIRECT: 'DIRECT' },
      },
      required,
    ),
    amount: column.money(['中标金额(万元)', 'award_10k_yuan'], inWan),
    awardedOn: column.date(['中标日期', 'awarded_on'], dayRequired),
    scale,
    bids: column.json(['投标明细', 'bids']),
    ...partyColumns,
    ...sourceColumns,
  },
  draft: (cells, reject) => ({
    subjectCode: cells.builderCode,
    values: {
      projectNumber: cells.projectNumber,
      tenderNumber: cells.tenderNumber,
      kind: cells.kind,
      method: cells.method,
      amount: cells.amount,
      awardedOn: cells.awardedOn,
      scale: cells.scale,
      parties: readParties(cells, reject),
      bids: cells.bids === undefined ? undefined : readBids(cells.bids, (r) => reject('bids', r)),
    },
    ...sourceOf(cells, cells.awardedOn, cells.tenderNumber),
  }),
});

/** Contracts on file. */
export const contractFile = recordFile({
  name: 'contracts',
  table: contracts,
  columns: {
    ...projectColumns,
    contractNumber: column.text(['合同备案编号', 'contract_number'], numberRequired),
    kind: column.choice(['合同类别', 'contract_kind'], CONTRACT_KINDS, required),
    amount: column.money(['合同金额(万元)', 'amount_10k_yuan'], inWan),
    signedOn: column.date(['合同签订日期', 'signed_on'], dayRequired),
    scale,
    ...partyColumns,
    ...sourceColumns,
  },
  draft: (cells, reject) => ({
    subjectCode: cells.builderCode,
    values: {
      projectNumber: cells.projectNumber,
      contractNumber: cells.contractNumber,
      kind: cells.kind,
      amount: cells.amount,
      signedOn: cells.signedOn,
      scale: cells.scale,
      parties: readParties(cells, reject),
    },
    ...sourceOf(cells, cells.signedOn, cells.contractNumber),
  }),
});

/** Reviews of construction drawings. */
export const drawingReviewFile = recordFile({
  name: 'drawing-reviews',
  table: drawingReviews,
  columns: {
    ...projectColumns,
    reviewNumber: column.text(['施工图审查合格书编号', 'review_number'], numberRequired),
    reviewedOn: column.date(['审查完成日期', 'reviewed_on'], dayRequired),
    estimate: column.money(['工程概算(万元)', 'estimate_10k_yuan'], inWan),
    scale,
    passedAtFirst: column.boolean(['一次审查是否通过', 'passed_at_first']),
    mandatoryBreaches: column.integer(['违反强制性条文数', 'mandatory_breaches'], { max: 100_000 }),
    ...partyColumns,
    ...sourceColumns,
  },
  draft: (cells, reject) => ({
    subjectCode: cells.builderCode,
    values: {
      projectNumber: cells.projectNumber,
      reviewNumber: cells.reviewNumber,
      reviewedOn: cells.reviewedOn,
      estimate: cells.estimate,
      scale: cells.scale,
      passedAtFirst: cells.passedAtFirst,
      mandatoryBreaches: cells.mandatoryBreaches,
      parties: readParties(cells, reject),
    },
    ...sourceOf(cells, cells.reviewedOn, cells.reviewNumber),
  }),
});

/** Construction licences. */
export const licenceFile = recordFile({
  name: 'licences',
  table: licences,
  columns: {
    ...projectColumns,
    licenceNumber: column.text(['施工许可证编号', 'licence_number'], numberRequired),
    issuedOn: column.date(['发证日期', 'issued_on'], dayRequired),
    amount: column.money(['合同金额(万元)', 'amount_10k_yuan'], inWan),
    area: column.decimal(['建筑面积(平方米)', 'area_m2'], squareMetres),
    scale,
    startsOn: column.date(['合同开工日期', 'starts_on'], dayOptional),
    endsOn: column.date(['合同竣工日期', 'ends_on'], dayOptional),
    ...partyColumns,
    ...sourceColumns,
  },
  draft: (cells, reject) => {
    if (cells.startsOn !== undefined && cells.endsOn !== undefined) {
      if (cells.endsOn < cells.startsOn) return reject('endsOn', 'the work ends before it starts');
    }
    return {
      subjectCode: cells.builderCode,
      values: {
        projectNumber: cells.projectNumber,
        licenceNumber: cells.licenceNumber,
        issuedOn: cells.issuedOn,
        amount: cells.amount,
        area: cells.area,
        scale: cells.scale,
        startsOn: cells.startsOn,
        endsOn: cells.endsOn,
        parties: readParties(cells, reject),
      },
      ...sourceOf(cells, cells.issuedOn, cells.licenceNumber),
    };
  },
});

/** Completions on file. */
export const completionFile = recordFile({
  name: 'completions',
  table: completions,
  columns: {
    ...projectColumns,
    completionNumber: column.text(['竣工备案编号', 'completion_number'], numberRequired),
    completedOn: column.date(['竣工验收日期', 'completed_on'], dayRequired),
    actualCost: column.money(['实际造价(万元)', 'actual_cost_10k_yuan'], inWan),
    actualArea: column.decimal(['实际面积(平方米)', 'actual_area_m2'], squareMetres),
    scale: column.text(['实际建设规模', 'actual_scale'], { max: 1_000 }),
    ...partyColumns,
    ...sourceColumns,
  },
  draft: (cells, reject) => ({
    subjectCode: cells.builderCode,
    values: {
      projectNumber: cells.projectNumber,
      completionNumber: cells.completionNumber,
      completedOn: cells.completedOn,
      actualCost: cells.actualCost,
      actualArea: cells.actualArea,
      scale: cells.scale,
      parties: readParties(cells, reject),
    },
    ...sourceOf(cells, cells.completedOn, cells.completionNumber),
  }),
});

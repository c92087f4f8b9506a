// The record tables of the tax sector: GraphQL field to column, and what makes a record the same.
import { stored, type RecordTable } from '../kit/index.ts';

/** Yearly ratings. Rows of grade A are PUBLIC, all others AUTHORISED: the import sets it by row. */
export const creditRatings: RecordTable = {
  type: 'TaxCreditRating',
  table: 'credit_ratings',
  class: 'PUBLIC',
  key: ['ratingYear'],
  columns: {
    ratingYear: stored.integer('rating_year'),
    grade: stored.text('grade'),
    score: stored.decimal('score'),
    directGround: stored.text('direct_ground'),
    subjectName: stored.text('subject_name'),
    validFrom: stored.date('valid_from'),
    validTo: stored.date('valid_to'),
  },
};

/** Entries in the list of major violations. */
export const majorViolations: RecordTable = {
  type: 'TaxMajorViolation',
  table: 'major_violations',
  class: 'PUBLIC',
  key: ['caseNature', 'enteredOn'],
  columns: {
    caseNature: stored.text('case_nature'),
    facts: stored.text('facts'),
    legalBasis: stored.text('legal_basis'),
    treatment: stored.text('treatment'),
    taxAmount: stored.money('tax_amount'),
    enteredOn: stored.date('entered_on'),
    removedOn: stored.date('removed_on'),
    subjectName: stored.text('subject_name'),
    registeredAddress: stored.text('registered_address'),
  },
};

/** Quarterly notices of arrears, one a tax. */
export const arrearsNotices: RecordTable = {
  type: 'TaxArrearsNotice',
  table: 'arrears_notices',
  class: 'PUBLIC',
  key: ['period', 'taxType'],
  columns: {
    period: stored.text('period'),
    taxType: stored.text('tax_type'),
    balance: stored.money('balance'),
    newArrears: stored.money('new_arrears'),
    placeOfBusiness: stored.text('place_of_business'),
    subjectName: stored.text('subject_name'),
  },
};

/** Administrative penalties. */
export const penalties: RecordTable = {
  type: 'TaxPenalty',
  table: 'penalties',
  class: 'PUBLIC',
  key: ['decisionNumber'],
  columns: {
    decisionNumber: stored.text('decision_number'),
    violationType: stored.text('violation_type'),
    facts: stored.text('facts'),
    legalBasis: stored.text('legal_basis'),
    kinds: stored.json('kinds'),
    content: stored.text('content'),
    fine: stored.money('fine'),
    confiscated: stored.money('confiscated'),
    revokedCertificate: stored.text('revoked_certificate'),
    severity: stored.text('severity'),
    validUntil: stored.date('valid_until'),
    subjectName: stored.text('subject_name'),
  },
};

/** Inspections: for government offices on duty; their detail only by special grant. */
export const inspections: RecordTable = {
  type: 'TaxInspection',
  table: 'inspections',
  class: 'GOVERNMENT',
  key: ['inspectionNumber'],
  columns: {
    inspectionNumber: stored.text('inspection_number'),
    periodFrom: stored.date('period_from'),
    periodTo: stored.date('period_to'),
    outcome: stored.text('outcome'),
    facts: stored.text('facts'),
    recovered: stored.money('recovered'),
    penaltyDocument: stored.text('penalty_document'),
    transferredToJustice: stored.boolean('transferred_to_justice'),
  },
};

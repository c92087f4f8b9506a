// The record tables of the courts sector: GraphQL field to column, and what makes a record the
// same.
import { stored, type RecordTable } from '../kit/index.ts';

/** Entries in the list of judgment debtors. The import makes a removed one GOVERNMENT. */
export const judgmentDebtorEntries: RecordTable = {
  type: 'CourtJudgmentDebtorEntry',
  table: 'judgment_debtor_entries',
  class: 'PUBLIC',
  // An entry is made public to press for performance; where that has ended, offices and the subject see it.
  classOutsideDisplay: 'GOVERNMENT',
  // A case can lead to a second listing after a removal, which is a record of its own.
  key: ['caseNumber', 'listedOn'],
  columns: {
    caseNumber: stored.text('case_number'),
    filedOn: stored.date('filed_on'),
    basisDocument: stored.text('basis_document'),
    basisMaker: stored.text('basis_maker'),
    obligations: stored.text('obligations'),
    performance: stored.text('performance'),
    performedPart: stored.text('performed_part'),
    unperformedPart: stored.text('unperformed_part'),
    grounds: stored.json('grounds'),
    listedOn: stored.date('listed_on'),
    termUntil: stored.date('term_until'),
    extensionYears: stored.integer('extension_years'),
    removedOn: stored.date('removed_on'),
    removalReason: stored.text('removal_reason'),
    subjectName: stored.text('subject_name'),
  },
};

/** Enforcement cases. The import makes a closed one AUTHORISED. */
export const enforcementCases: RecordTable = {
  type: 'CourtEnforcementCase',
  table: 'enforcement_cases',
  class: 'PUBLIC',
  key: ['caseNumber'],
  columns: {
    caseNumber: stored.text('case_number'),
    isResumed: stored.boolean('is_resumed'),
    filedOn: stored.date('filed_on'),
    basisDocument: stored.text('basis_document'),
    amount: stored.money('amount'),
    unperformedAmount: stored.money('unperformed_amount'),
    status: stored.text('status'),
    closedOn: stored.date('closed_on'),
    subjectName: stored.text('subject_name'),
  },
};

/** Spending limits. The import makes a lifted one AUTHORISED. */
export const spendingLimits: RecordTable = {
  type: 'CourtSpendingLimit',
  table: 'spending_limits',
  class: 'PUBLIC',
  // An order often bears no number but that of its case, which may see several orders.
  key: ['orderNumber', 'issuedOn'],
  columns: {
    orderNumber: stored.text('order_number'),
    caseNumber: stored.text('case_number'),
    issuedOn: stored.date('issued_on'),
    bindsRepresentatives: stored.boolean('binds_representatives'),
    measures: stored.text('measures'),
    liftedOn: stored.date('lifted_on'),
    liftReason: stored.text('lift_reason'),
    subjectName: stored.text('subject_name'),
  },
};

/** Judgments and other decisions. The import makes one that was not published AUTHORISED. */
export const judgments: RecordTable = {
  type: 'CourtJudgment',
  table: 'judgments',
  class: 'PUBLIC',
  // A judgment and the rulings beside it bear one number; a second ruling bears 之一 behind it.
  key: ['caseNumber', 'documentKind'],
  columns: {
    caseNumber: stored.text('case_number'),
    documentKind: stored.text('document_kind'),
    caseType: stored.text('case_type'),
    instance: stored.text('instance'),
    cause: stored.text('cause'),
    role: stored.text('role'),
    outcome: stored.text('outcome'),
    amountClaimed: stored.money('amount_claimed'),
    amountAwarded: stored.money('amount_awarded'),
    effectiveOn: stored.date('effective_on'),
    subjectName: stored.text('subject_name'),
  },
};

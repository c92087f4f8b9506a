// The record tables of the construction sector: GraphQL field to column, and what makes a record the
// same. Each stage of a project names its project by number; the builder is the subject of all.
import { stored, type RecordTable } from '../kit/index.ts';

/** Qualifications of enterprises. */
export const qualifications: RecordTable = {
  type: 'ConstructionQualification',
  table: 'qualifications',
  class: 'PUBLIC',
  key: ['certificateNumber', 'name'],
  columns: {
    certificateNumber: stored.text('certificate_number'),
    name: stored.text('name'),
    grade: stored.text('grade'),
    validFrom: stored.date('valid_from'),
    validTo: stored.date('valid_to'),
    issuedOn: stored.date('issued_on'),
    issuer: stored.text('issuer'),
    status: stored.text('status'),
    subjectName: stored.text('subject_name'),
  },
};

/** Projects. Rows of classified works are GOVERNMENT: the import sets it, here and in the stages. */
export const projects: RecordTable = {
  type: 'ConstructionProject',
  table: 'projects',
  class: 'PUBLIC',
  key: ['projectNumber'],
  columns: {
    projectNumber: stored.text('project_number'),
    name: stored.text('name'),
    type: stored.text('type'),
    builderName: stored.text('builder_name'),
    region: stored.text('region'),
    address: stored.text('address'),
    approvalNumber: stored.text('approval_number'),
    approvalLevel: stored.text('approval_level'),
    landPlanNumber: stored.text('land_plan_number'),
    projectPlanNumber: stored.text('project_plan_number'),
    investment: stored.money('investment'),
    area: stored.decimal('area'),
    property: stored.text('property'),
    function: stored.text('function'),
    startsOn: stored.date('starts_on'),
    endsOn: stored.date('ends_on'),
    actualCost: stored.money('actual_cost'),
    registeredOn: stored.date('registered_on'),
  },
};

/** Awarded tenders. */
export const tenders: RecordTable = {
  type: 'ConstructionTender',
  table: 'tenders',
  class: 'PUBLIC',
  key: ['projectNumber', 'tenderNumber'],
  columns: {
    projectNumber: stored.text('project_number'),
    tenderNumber: stored.text('tender_number'),
    kind: stored.text('kind'),
    method: stored.text('method'),
    amount: stored.money('amount'),
    awardedOn: stored.date('awarded_on'),
    scale: stored.text('scale'),
    parties: stored.json('parties'),
    bids: stored.json('bids'),
  },
};

/** Contracts on file. */
export const contracts: RecordTable = {
  type: 'ConstructionContract',
  table: 'contracts',
  class: 'PUBLIC',
  key: ['projectNumber', 'contractNumber'],
  columns: {
    projectNumber: stored.text('project_number'),
    contractNumber: stored.text('contract_number'),
    kind: stored.text('kind'),
    amount: stored.money('amount'),
    signedOn: stored.date('signed_on'),
    scale: stored.text('scale'),
    parties: stored.json('parties'),
  },
};

/** Reviews of construction drawings. */
export const drawingReviews: RecordTable = {
  type: 'ConstructionDrawingReview',
  table: 'drawing_reviews',
  class: 'PUBLIC',
  key: ['projectNumber', 'reviewNumber'],
  columns: {
    projectNumber: stored.text('project_number'),
    reviewNumber: stored.text('review_number'),
    reviewedOn: stored.date('reviewed_on'),
    estimate: stored.money('estimate'),
    scale: stored.text('scale'),
    passedAtFirst: stored.boolean('passed_at_first'),
    mandatoryBreaches: stored.integer('mandatory_breaches'),
    parties: stored.json('parties'),
  },
};

/** Construction licences. */
export const licences: RecordTable = {
  type: 'ConstructionLicence',
  table: 'licences',
  class: 'PUBLIC',
  key: ['projectNumber', 'licenceNumber'],
  columns: {
    projectNumber: stored.text('project_number'),
    licenceNumber: stored.text('licence_number'),
    issuedOn: stored.date('issued_on'),
    amount: stored.money('amount'),
    area: stored.decimal('area'),
    scale: stored.text('scale'),
    startsOn: stored.date('starts_on'),
    endsOn: stored.date('ends_on'),
    parties: stored.json('parties'),
  },
};

/** Completions on file. */
export const completions: RecordTable = {
  type: 'ConstructionCompletion',
  table: 'completions',
  class: 'PUBLIC',
  key: ['projectNumber', 'completionNumber'],
  columns: {
    projectNumber: stored.text('project_number'),
    completionNumber: stored.text('completion_number'),
    completedOn: stored.date('completed_on'),
    actualCost: stored.money('actual_cost'),
    actualArea: stored.decimal('actual_area'),
    scale: stored.text('scale'),
    parties: stored.json('parties'),
  },
};

/** What a party did in a project; its subject is the party. */
export const participations: RecordTable = {
  type: 'ConstructionParticipation',
  table: 'participations',
  class: 'PUBLIC',
  key: ['builderCode', 'projectNumber', 'role', 'stage'],
  columns: {
    projectNumber: stored.text('project_number'),
    projectName: stored.text('project_name'),
    builderCode: stored.text('builder_code'),
    builderName: stored.text('builder_name'),
    role: stored.text('role'),
    stage: stored.text('stage'),
    amount: stored.money('amount'),
    since: stored.date('since'),
    subjectName: stored.text('subject_name'),
  },
};

/** Commendations. */
export const goodConduct: RecordTable = {
  type: 'ConstructionGoodConduct',
  table: 'good_conduct',
  class: 'PUBLIC',
  key: ['decisionNumber', 'title'],
  columns: {
    decisionNumber: stored.text('decision_number'),
    title: stored.text('title'),
    level: stored.text('level'),
    projectName: stored.text('project_name'),
    content: stored.text('content'),
    commendedOn: stored.date('commended_on'),
    subjectName: stored.text('subject_name'),
  },
};

/** Bad conduct. Rows graded MINOR are AUTHORISED: the import sets it by row. */
export const badConduct: RecordTable = {
  type: 'ConstructionBadConduct',
  table: 'bad_conduct',
  class: 'PUBLIC',
  key: ['decisionNumber'],
  columns: {
    decisionNumber: stored.text('decision_number'),
    category: stored.text('category'),
    behaviourCode: stored.text('behaviour_code'),
    role: stored.text('role'),
    projectName: stored.text('project_name'),
    facts: stored.text('facts'),
    legalBasis: stored.text('legal_basis'),
    penalty: stored.text('penalty'),
    fine: stored.money('fine'),
    severity: stored.text('severity'),
    determinedOn: stored.date('determined_on'),
    penaltyUntil: stored.date('penalty_until'),
    rectifiedOn: stored.date('rectified_on'),
    subjectName: stored.text('subject_name'),
  },
};

/** Entries in the list of wage arrears. */
export const wageArrears: RecordTable = {
  type: 'ConstructionWageArrears',
  table: 'wage_arrears',
  class: 'PUBLIC',
  key: ['decisionNumber'],
  columns: {
    decisionNumber: stored.text('decision_number'),
    facts: stored.text('facts'),
    legalBasis: stored.text('legal_basis'),
    projectName: stored.text('project_name'),
    amount: stored.money('amount'),
    workers: stored.integer('workers'),
    enteredOn: stored.date('entered_on'),
    correctedOn: stored.date('corrected_on'),
    removedOn: stored.date('removed_on'),
    subjectName: stored.text('subject_name'),
  },
};

/** Entries in the blacklist of the building market. */
export const blacklist: RecordTable = {
  type: 'ConstructionBlacklistEntry',
  table: 'blacklist',
  class: 'PUBLIC',
  key: ['decisionNumber'],
  columns: {
    decisionNumber: stored.text('decision_number'),
    ground: stored.text('ground'),
    facts: stored.text('facts'),
    legalBasis: stored.text('legal_basis'),
    measures: stored.text('measures'),
    enteredOn: stored.date('entered_on'),
    removedOn: stored.date('removed_on'),
    subjectName: stored.text('subject_name'),
  },
};

/** All record tables of the sector. */
export const tables: readonly RecordTable[] = [
  qualifications,
  projects,
  tenders,
  contracts,
  drawingReviews,
  licences,
  completions,
  participations,
  goodConduct,
  badConduct,
  wageArrears,
  blacklist,
];

// The record tables of the e-commerce sector: where GraphQL fields and database columns meet.
import { stored, type RecordTable } from '../kit/index.ts';

/** Verified identities of operators, one a platform or own site. */
export const operators: RecordTable = {
  type: 'CommerceOperator',
  table: 'operators',
  class: 'PUBLIC',
  key: ['operatorType', 'platform'],
  columns: {
    operatorType: stored.text('operator_type'),
    platform: stored.text('platform'),
    platformCode: stored.text('platform_code'),
    licenceNumber: stored.text('licence_number'),
    licenceName: stored.text('licence_name'),
    licences: stored.json('licences'),
    licencePage: stored.text('licence_page'),
    licenceShown: stored.boolean('licence_shown'),
    verification: stored.text('verification'),
    verifiedOn: stored.date('verified_on'),
    reverifyBy: stored.date('reverify_by'),
    closureAnnouncedOn: stored.date('closure_announced_on'),
    closedOn: stored.date('closed_on'),
    businessAddress: stored.text('business_address'),
    serviceTelephone: stored.text('service_telephone'),
    subjectName: stored.text('subject_name'),
  },
};

/** Stores, sites, apps and channels; the address on the web tells them apart. */
export const stores: RecordTable = {
  type: 'CommerceStore',
  table: 'stores',
  class: 'PUBLIC',
  key: ['url'],
  columns: {
    siteType: stored.text('site_type'),
    storeName: stored.text('store_name'),
    url: stored.text('url'),
    platform: stored.text('platform'),
    platformCode: stored.text('platform_code'),
    tradeMode: stored.text('trade_mode'),
    icpNumber: stored.text('icp_number'),
    licenceShown: stored.boolean('licence_shown'),
    verification: stored.text('verification'),
    verifiedOn: stored.date('verified_on'),
    storeState: stored.text('store_state'),
    openedOn: stored.date('opened_on'),
    closedOn: stored.date('closed_on'),
    serviceTelephone: stored.text('service_telephone'),
    subjectName: stored.text('subject_name'),
  },
};

/** What platforms say of stores: for the subject and those it authorises. */
export const platformRatings: RecordTable = {
  type: 'CommercePlatformRating',
  table: 'platform_ratings',
  class: 'AUTHORISED',
  key: ['platform', 'storeName', 'period'],
  columns: {
    platform: stored.text('platform'),
    storeName: stored.text('store_name'),
    period: stored.text('period'),
    score: stored.decimal('score'),
    scale: stored.decimal('scale'),
    goodsScore: stored.decimal('goods_score'),
    serviceScore: stored.decimal('service_score'),
    deliveryScore: stored.decimal('delivery_score'),
    reviewCount: stored.integer('review_count'),
    transactionCount: stored.integer('transaction_count'),
    transactionValue: stored.money('transaction_value'),
  },
};

/** Determined violations. */
export const violations: RecordTable = {
  type: 'CommerceViolation',
  table: 'violations',
  class: 'PUBLIC',
  key: ['decisionNumber'],
  columns: {
    decisionNumber: stored.text('decision_number'),
    violation: stored.text('violation'),
    platform: stored.text('platform'),
    storeName: stored.text('store_name'),
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

/** Time-limited bans. */
export const bans: RecordTable = {
  type: 'CommerceBan',
  table: 'bans',
  class: 'PUBLIC',
  key: ['decisionNumber', 'scope'],
  columns: {
    decisionNumber: stored.text('decision_number'),
    scope: stored.text('scope'),
    scopeDetail: stored.text('scope_detail'),
    bannedFrom: stored.date('banned_from'),
    bannedUntil: stored.date('banned_until'),
    basis: stored.text('basis'),
    liftedOn: stored.date('lifted_on'),
    subjectName: stored.text('subject_name'),
  },
};

/** Determined outcomes of complaints: upheld ones PUBLIC, the others AUTHORISED by row. */
export const complaintOutcomes: RecordTable = {
  type: 'CommerceComplaintOutcome',
  table: 'complaint_outcomes',
  class: 'PUBLIC',
  key: ['caseNumber'],
  columns: {
    caseNumber: stored.text('case_number'),
    channel: stored.text('channel'),
    matter: stored.text('matter'),
    outcome: stored.text('outcome'),
    platform: stored.text('platform'),
    acceptedOn: stored.date('accepted_on'),
    determinedOn: stored.date('determined_on'),
    refund: stored.money('refund'),
    subjectName: stored.text('subject_name'),
  },
};

// The record tables of the environment sector: where GraphQL fields and database columns meet.
import { stored, type RecordTable } from '../kit/index.ts';

/** Yearly environmental credit ratings; one a division, where an enterprise is rated in several. */
export const ratings: RecordTable = {
  type: 'EnvironmentRating',
  table: 'ratings',
  class: 'PUBLIC',
  key: ['ratingYear', 'regionCode'],
  columns: {
    ratingYear: stored.integer('rating_year'),
    regionCode: stored.text('region_code'),
    cityCode: stored.text('city_code'),
    level: stored.text('level'),
    score: stored.decimal('score'),
    indicators: stored.json('indicators'),
    vetoGrounds: stored.json('veto_grounds'),
    validUntil: stored.date('valid_until'),
    subjectName: stored.text('subject_name'),
  },
};

/** Administrative penalties. */
export const penalties: RecordTable = {
  type: 'EnvironmentPenalty',
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
    completedOn: stored.date('completed_on'),
    subjectName: stored.text('subject_name'),
  },
};

/** Discharge permits; `processes` is apart from the rest because only a special grant opens it. */
export const permits: RecordTable = {
  type: 'EnvironmentPermit',
  table: 'permits',
  class: 'PUBLIC',
  key: ['certificateNumber'],
  columns: {
    certificateNumber: stored.text('certificate_number'),
    tier: stored.text('tier'),
    status: stored.text('status'),
    siteName: stored.text('site_name'),
    siteAddress: stored.text('site_address'),
    regionCode: stored.text('region_code'),
    cityCode: stored.text('city_code'),
    industry: stored.text('industry'),
    validFrom: stored.date('valid_from'),
    validUntil: stored.date('valid_until'),
    issuer: stored.text('issuer'),
    outlets: stored.json('outlets'),
    standards: stored.json('standards'),
    monitoringDuties: stored.json('monitoring_duties'),
    confidentialityClaim: stored.boolean('confidentiality_claim'),
    processes: stored.json('processes'),
    subjectName: stored.text('subject_name'),
  },
};

/** Disclosed emissions of key permit holders: one a permit, period, medium and pollutant. */
export const emissions: RecordTable = {
  type: 'EnvironmentEmission',
  table: 'emissions',
  class: 'PUBLIC',
  key: ['certificateNumber', 'period', 'medium', 'pollutant'],
  columns: {
    certificateNumber: stored.text('certificate_number'),
    period: stored.text('period'),
    year: stored.integer('year'),
    medium: stored.text('medium'),
    pollutant: stored.text('pollutant'),
    tonnes: stored.decimal('tonnes'),
    permittedTonnes: stored.decimal('permitted_tonnes'),
    meanConcentration: stored.decimal('mean_concentration'),
    concentrationUnit: stored.text('concentration_unit'),
    exceedances: stored.integer('exceedances'),
    subjectName: stored.text('subject_name'),
  },
};

/** Determined incidents. */
export const incidents: RecordTable = {
  type: 'EnvironmentIncident',
  table: 'incidents',
  class: 'PUBLIC',
  key: ['incidentNumber'],
  columns: {
    incidentNumber: stored.text('incident_number'),
    level: stored.text('level'),
    occurredOn: stored.date('occurred_on'),
    regionCode: stored.text('region_code'),
    facts: stored.text('facts'),
    ratingEffect: stored.text('rating_effect'),
    resolvedOn: stored.date('resolved_on'),
    subjectName: stored.text('subject_name'),
  },
};

/** Points of units that prepare environmental impact assessments, one a cycle. */
export const preparerCycles: RecordTable = {
  type: 'EnvironmentPreparerCycle',
  table: 'preparer_cycles',
  class: 'PUBLIC',
  key: ['cycleFrom'],
  columns: {
    cycleFrom: stored.date('cycle_from'),
    cycleTo: stored.date('cycle_to'),
    points: stored.integer('points'),
    standing: stored.text('standing'),
    entries: stored.json('entries'),
    blacklistedOn: stored.date('blacklisted_on'),
    subjectName: stored.text('subject_name'),
  },
};

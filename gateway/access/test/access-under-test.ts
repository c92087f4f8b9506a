// The room over a real database, as two replicas that share it and a clock that stands still until a
// test moves it; and the callers of the tests.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  ANONYMOUS,
  type Inquiry,
  type Principal,
} from '../../../subgraphs/kit/authority/principal.ts';
import type { Purpose } from '../../../subgraphs/kit/authority/purpose.ts';
import { openPool, type Pool } from '../../../subgraphs/kit/database/pool.ts';
import { createTestDatabase } from '../../../subgraphs/kit/database/test-database.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { GATEWAY_MIGRATIONS } from '../../database/open-database.ts';
import { openAccessDatabase, type AccessDatabase } from '../access-database.ts';
import { openAccess, type Access, type AccessAnswer } from '../open-access.ts';
import { readShippedSpecialFields } from './special-fields-of-supergraph.ts';

/** The subject of most tests. */
export const SUBJECT = '91990101MA7K3P2Q8J';
/** Another one. */
export const OTHER_SUBJECT = '91990102900000014T';
/** Sectors of the graph. */
export const SECTORS = ['registry', 'tax', 'environment', 'construction', 'courts', 'ecommerce'];

const principal = (id: string, more: Partial<Principal> = {}): Principal => ({
  ...ANONYMOUS,
  id,
  tier: 'REGISTERED',
  organisation: `org:${id}`,
  purposes: ['CREDIT_REPORT', 'CREDIT_DECISION'],
  ...more,
});
const office = (
  id: string,
  sectorsOfDuty: readonly string[],
  more: Partial<Principal> = {},
): Principal =>
  principal(id, { tier: 'GOVERNMENT', sectorsOfDuty, purposes: ['SUPERVISION'], ...more });

/** The callers. */
export const PRINCIPALS = {
  anonymous: ANONYMOUS,
  registered: principal('registered'),
  agency: principal('agency', { tier: 'AGENCY' }),
  agencyColleague: principal('colleague', { tier: 'AGENCY', organisation: 'org:agency' }),
  agencyOther: principal('agency-other', { tier: 'AGENCY' }),
  enterprise: principal('enterprise', {
    organisation: SUBJECT,
    subject: SUBJECT,
    purposes: ['OWN_RECORDS'],
  }),
  enterpriseOther: principal('enterprise-other', {
    organisation: OTHER_SUBJECT,
    subject: OTHER_SUBJECT,
  }),
  government: office('government-tax', ['tax']),
  reviewer: office('reviewer-tax', ['tax'], { roles: ['REVIEWER'] }),
  second: office('reviewer-tax-second', ['tax'], { roles: ['REVIEWER'] }),
  third: office('reviewer-tax-third', ['tax'], { roles: ['REVIEWER'] }),
  reviewerOfCourts: office('reviewer-courts', ['courts'], { roles: ['REVIEWER'] }),
  reviewerOfEnvironment: office('reviewer-environment', ['environment'], { roles: ['REVIEWER'] }),
  secondOfEnvironment: office('reviewer-environment-second', ['environment'], {
    roles: ['REVIEWER'],
  }),
  /** A reviewer of the applicant's own organisation. */
  reviewerAtAgency: office('reviewer-agency', ['tax'], {
    roles: ['REVIEWER'],
    organisation: 'org:agency',
  }),
  /** The applicant itself, with a reviewer's credential of another organisation. */
  reviewerWhoApplies: office('agency', ['tax'], { roles: ['REVIEWER'], organisation: 'org:x' }),
  /** The role without the office. */
  reviewerWithoutOffice: principal('would-be', {
    tier: 'AGENCY',
    sectorsOfDuty: ['tax'],
    roles: ['REVIEWER'],
  }),
} as const satisfies Record<string, Principal>;

/** One of the callers. */
export type Who = keyof typeof PRINCIPALS;

/** Makes what a caller asks for a purpose: by default the first that it may name. */
export function inquiryOf(who: Who, purpose?: Purpose | null): Inquiry {
  const one: Principal = PRINCIPALS[who];
  return {
    principal: one,
    purpose: purpose === undefined ? (one.purposes[0] ?? null) : purpose,
    caseReference: null,
  };
}

/** The room of a test. */
export interface AccessUnderTest {
  /** Two replicas over one database. */
  readonly replicas: readonly [Access, Access];
  readonly url: string;
  readonly pool: Pool;
  /** Moves the clock of both replicas. */
  readonly setNow: (instant: string) => void;
  /** Asks the first replica, or the second. */
  readonly ask: (
    who: Who,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    replica?: 0 | 1,
  ) => Promise<AccessAnswer>;
}

/** A field that would stay closed to a caller whatever it is granted, with what is said of it. */
export const CLOSED_TO_REGISTERED = {
  field: 'TaxInspection.facts',
  way: 'Apply as an office.',
} as const;

/** Opens the room; it is closed and its database dropped after the test. */
export async function openAccessUnderTest(t: TestContext): Promise<AccessUnderTest> {
  const own = await createTestDatabase('access', GATEWAY_MIGRATIONS);
  let now = new Date('2026-11-23T04:00:00Z');
  const special = await readShippedSpecialFields();
  const log = createLog('test', 'silent');
  const databases = [openAccessDatabase(own.url, log), openAccessDatabase(own.url, log)] as const;
  const open = (database: AccessDatabase): Access =>
    openAccess({
      database,
      sectors: new Set(SECTORS),
      special,
      log,
      explain: () => ({ decision: 'ALLOWED', fields: [] }),
      grantObstacle: ({ principal: { id } }, { coordinate }) =>
        id === 'registered' && coordinate === CLOSED_TO_REGISTERED.field
          ? CLOSED_TO_REGISTERED.way
          : null,
      now: () => now,
    });
  const replicas = [open(databases[0]), open(databases[1])] as const;
  const pool = openPool(own.url, { name: 'test', readOnly: false, onIdleError: () => undefined });
  t.after(async () => {
    for (const database of databases) await database.close();
    await pool.end();
    await own.drop();
  });
  return {
    replicas,
    url: own.url,
    pool,
    setNow: (instant) => {
      now = new Date(instant);
    },
    ask: (who, query, variables = {}, replica = 0) =>
      replicas[replica].answer({ query, variables, inquiry: inquiryOf(who), requestId: 'r-1' }),
  };
}

/** The one error code of an answer without data in its field. */
export function codeOf({ errors }: AccessAnswer): unknown {
  assert.equal(errors?.length, 1, JSON.stringify(errors));
  return errors[0]?.extensions?.['code'];
}

/** What the queries of the tests ask of any item. */
export interface Item {
  readonly id: string;
  readonly state: string;
  readonly fields: readonly string[];
  readonly until: string;
  readonly standingFields: readonly string[];
  readonly standingUntil: string;
  readonly reviews: readonly Readonly<Record<string, unknown>>[];
  readonly grant: Item | null;
  readonly history: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

/** Reads a field of an answer without errors. */
export function itemOf(answer: AccessAnswer, field: string): Item {
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  const data = JSON.parse(JSON.stringify(answer.data)) as Readonly<Record<string, Item>>;
  const item = data[field];
  assert.ok(item, `nothing in ${field}`);
  return item;
}

/** Reads the nodes of a connection of an answer without errors. */
export function nodesOf(answer: AccessAnswer, field: string): readonly Item[] {
  return itemOf(answer, field)['nodes'] as readonly Item[];
}

/** Applies. */
export const APPLY = `mutation ($input: ApplyForAccessInput!) {
  applyForAccess(input: $input) { id state fields until standingFields standingUntil }
}`;

/** An application that may be made. */
export const APPLICATION = {
  subject: SUBJECT,
  sector: 'tax',
  fields: ['TaxInspection.facts', 'TaxInspection.recovered'],
  purpose: 'CREDIT_REPORT',
  legalBasis: '《征信业管理条例》第十三条',
  caseReference: 'CASE-2026-17',
  until: '2027-05-31',
};

/** Decides. */
export const DECIDE = `mutation ($id: ID!, $decision: AccessDecision!, $reason: String!,
    $fields: [String!], $until: Date) {
  decideApplication(id: $id, decision: $decision, reason: $reason, fields: $fields, until: $until) {
    id state standingFields standingUntil
    reviews { decision organisation fields until reason }
    grant { id state fields until organisation }
  }
}`;

/** Gives a consent. */
export const CONSENT = `mutation ($input: GiveConsentInput!) {
  giveConsent(input: $input) { id state organisation sectors purpose until givenAt }
}`;

/** A consent that may be given. */
export const CONSENT_INPUT = {
  organisation: 'org:agency',
  sectors: ['tax', 'courts'],
  purpose: 'CREDIT_REPORT',
  until: '2027-11-23',
};

/** Applies as the agency and returns the id. */
export async function apply(access: AccessUnderTest, more: object = {}): Promise<string> {
  const input = { ...APPLICATION, ...more };
  return itemOf(await access.ask('agency', APPLY, { input }), 'applyForAccess').id;
}

/** Applies and has two reviewers approve; returns the id of the grant. */
export async function grant(access: AccessUnderTest, more: object = {}): Promise<string> {
  const id = await apply(access, more);
  const approval = { id, decision: 'APPROVE', reason: 'in order' };
  itemOf(await access.ask('reviewer', DECIDE, approval), 'decideApplication');
  const approved = itemOf(await access.ask('second', DECIDE, approval), 'decideApplication');
  assert.ok(approved.grant);
  return approved.grant.id;
}

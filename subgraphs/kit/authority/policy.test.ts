// The rules as a table of facts: who sees what, of whom.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DISCLOSURE_CLASSES, type DisclosureClass } from './disclosure-class.ts';
import {
  authorityOfTier,
  authorityOverSubject,
  classesOfOpening,
  highestClass,
  isAuditor,
  keyOfAuthority,
  maySeeField,
  maySeeRow,
  openingsOf,
  type Authority,
  type RecordPhase,
} from './policy.ts';
import { ANONYMOUS, ANONYMOUS_INQUIRY, type Inquiry, type Principal } from './principal.ts';
import type { Standing } from './standing.ts';

const OWN = '91990101MA7K3P2Q8J';
const OTHER = '91990102900000014T';
const UP_TO_AGENCY = ['PUBLIC', 'REGISTERED', 'AGENCY'];
const ALL_BUT_SPECIAL = ['PUBLIC', 'REGISTERED', 'AGENCY', 'AUTHORISED', 'GOVERNMENT'];

function asks(principal: Partial<Principal>, purpose: Inquiry['purpose']): Inquiry {
  const purposes = principal.purposes ?? (purpose === null ? [] : [purpose]);
  return { principal: { ...ANONYMOUS, ...principal, purposes }, purpose, caseReference: null };
}

const registered = asks({ tier: 'REGISTERED' }, 'CONTRACT_REVIEW');
const enterprise = asks({ tier: 'REGISTERED', subject: OWN }, 'OWN_RECORDS');
const agency = asks({ tier: 'AGENCY' }, 'CREDIT_REPORT');
const office = asks({ tier: 'GOVERNMENT', sectorsOfDuty: ['tax'] }, 'SUPERVISION');
const auditor = asks({ tier: 'GOVERNMENT', roles: ['AUDITOR'] }, 'AUDIT');

const consent: Standing = { kind: 'CONSENT', id: 'c', subject: OWN };
const grant: Standing = { kind: 'GRANT', id: 'g', subject: OWN, fields: ['Tender.bids'] };

const TIERS: readonly [string, Inquiry, readonly string[]][] = [
  ['anonymous', ANONYMOUS_INQUIRY, ['PUBLIC']],
  ['registered', registered, ['PUBLIC', 'REGISTERED']],
  ['an agency', agency, UP_TO_AGENCY],
  ['an office on duty', office, ALL_BUT_SPECIAL],
  ['an auditor', auditor, ALL_BUT_SPECIAL],
  ['an agency without a purpose', { ...agency, purpose: null }, ['PUBLIC']],
  ['an agency with a purpose not its own', { ...agency, purpose: 'ENFORCEMENT' }, ['PUBLIC']],
];

for (const [name, inquiry, classes] of TIERS) {
  test(`sees of any subject, by tier: ${name}`, () => {
    assert.deepEqual(authorityOfTier(inquiry, 'tax').classes, classes);
    assert.equal(authorityOfTier(inquiry, 'tax').specialFields.size, 0);
  });
}

test('an office sees no more than an agency where it has no duty', () => {
  assert.deepEqual(authorityOfTier(office, 'courts').classes, UP_TO_AGENCY);
});

test('only an auditor, and only for an audit, sees closed records of every subject', () => {
  assert.equal(authorityOfTier(auditor, 'tax').closedRecords, true);
  const otherwise = asks({ tier: 'GOVERNMENT', roles: ['AUDITOR'] }, 'SUPERVISION');
  assert.equal(authorityOfTier(otherwise, 'tax').closedRecords, false);
  const noAuditor = asks({ tier: 'GOVERNMENT', sectorsOfDuty: ['tax'] }, 'AUDIT');
  assert.equal(authorityOfTier(noAuditor, 'tax').closedRecords, false);
});

test('an auditor is an office: of any other tier the role is none', () => {
  for (const tier of ['REGISTERED', 'AGENCY'] as const) {
    const claims = asks({ tier, roles: ['AUDITOR'] }, 'AUDIT');
    const plain = asks({ tier }, 'AUDIT');
    assert.deepEqual(authorityOfTier(claims, 'tax'), authorityOfTier(plain, 'tax'), tier);
    assert.equal(isAuditor(claims.principal), false);
  }
});

test('a subject sees everything on itself but SPECIAL, and on others what its tier sees', () => {
  const own = authorityOverSubject(enterprise, 'tax', OWN, [grant]);
  assert.deepEqual(own.classes, ALL_BUT_SPECIAL);
  assert.equal(own.closedRecords, true);
  assert.equal(own.specialFields.size, 0);
  const other = authorityOverSubject(enterprise, 'tax', OTHER, []);
  assert.deepEqual(other, authorityOfTier(enterprise, 'tax'));
});

test('a subject without a purpose sees of itself what is PUBLIC', () => {
  const own = authorityOverSubject({ ...enterprise, purpose: null }, 'tax', OWN, []);
  assert.deepEqual(own.classes, ['PUBLIC']);
  assert.equal(own.closedRecords, false);
});

test('consent opens AUTHORISED to an agency, of that subject only', () => {
  const of = (inquiry: Inquiry, subject: string): readonly DisclosureClass[] =>
    authorityOverSubject(inquiry, 'tax', subject, [consent]).classes;
  assert.deepEqual(of(agency, OWN), [...UP_TO_AGENCY, 'AUTHORISED']);
  assert.deepEqual(of(agency, OTHER), UP_TO_AGENCY);
  assert.deepEqual(of(registered, OWN), ['PUBLIC', 'REGISTERED']);
});

test('standing opens nothing without a purpose', () => {
  const { classes, specialFields } = authorityOverSubject(
    { ...agency, purpose: null },
    'tax',
    OWN,
    [consent, grant],
  );
  assert.deepEqual(classes, ['PUBLIC']);
  assert.equal(specialFields.size, 0);
});

test('a grant opens the SPECIAL fields that it names, and no class', () => {
  const authority = authorityOverSubject(agency, 'construction', OWN, [grant]);
  assert.deepEqual(authority.classes, UP_TO_AGENCY);
  assert.equal(maySeeField(authority, 'Tender.bids', 'SPECIAL'), true);
  assert.equal(maySeeField(authority, 'Tender.limit', 'SPECIAL'), false);
  assert.equal(maySeeField(authority, 'Tender.bids', 'GOVERNMENT'), false);
  assert.equal(highestClass(authority), 'SPECIAL');
  const other = authorityOverSubject(agency, 'construction', OTHER, [grant]);
  assert.equal(maySeeField(other, 'Tender.bids', 'SPECIAL'), false);
});

test('nobody sees a SPECIAL field by its tier', () => {
  for (const [, inquiry] of TIERS) {
    assert.equal(maySeeField(authorityOfTier(inquiry, 'tax'), 'T.f', 'SPECIAL'), false);
  }
});

test('names what could open more: nothing to those who ask for nothing', () => {
  assert.deepEqual(openingsOf(ANONYMOUS_INQUIRY, 'tax'), []);
  assert.deepEqual(openingsOf({ ...agency, purpose: null }, 'tax'), []);
  assert.deepEqual(openingsOf(auditor, 'tax'), []);
  assert.deepEqual(openingsOf(agency, 'tax'), ['GRANT', 'CONSENT']);
  assert.deepEqual(openingsOf(enterprise, 'tax'), ['GRANT', 'SELF']);
  assert.deepEqual(openingsOf(office, 'courts'), ['GRANT']);
});

test('whatever standing opens was announced as an opening', () => {
  for (const [name, inquiry] of [...TIERS, ['the subject', enterprise, []] as const]) {
    const announced = new Set<string>([
      ...authorityOfTier(inquiry, 'tax').classes,
      ...openingsOf(inquiry, 'tax').flatMap(classesOfOpening),
    ]);
    for (const subject of [OWN, OTHER]) {
      const opened = authorityOverSubject(inquiry, 'tax', subject, [consent, grant]);
      for (const value of opened.classes) assert.ok(announced.has(value), `${name}: ${value}`);
      if (opened.specialFields.size > 0) assert.ok(announced.has('SPECIAL'), name);
    }
  }
});

const RANKS: readonly Authority[] = DISCLOSURE_CLASSES.slice(0, -1).map((_value, rank) => ({
  classes: DISCLOSURE_CLASSES.slice(0, rank + 1),
  closedRecords: false,
  specialFields: new Set<string>(),
}));

function leastRank(
  rowClass: DisclosureClass,
  phase: RecordPhase,
  classOutsideDisplay?: DisclosureClass,
): string | null {
  const row = {
    type: 'Tender',
    class: rowClass,
    phase,
    ...(classOutsideDisplay && { classOutsideDisplay }),
  };
  const first = RANKS.find((authority) => maySeeRow(authority, row));
  return first?.classes.at(-1) ?? null;
}

test('a displayed record is seen from its own class on', () => {
  for (const value of DISCLOSURE_CLASSES.slice(0, -1)) {
    assert.equal(leastRank(value, 'DISPLAYED'), value);
  }
});

test('a record that is not displayed is AUTHORISED at least, or what its sector says', () => {
  assert.equal(leastRank('PUBLIC', 'NOT_DISPLAYED'), 'AUTHORISED');
  assert.equal(leastRank('PUBLIC', 'NOT_DISPLAYED', 'GOVERNMENT'), 'GOVERNMENT');
  assert.equal(leastRank('PUBLIC', 'NOT_DISPLAYED', 'REGISTERED'), 'AUTHORISED');
  assert.equal(leastRank('GOVERNMENT', 'NOT_DISPLAYED'), 'GOVERNMENT');
});

test('a closed record is for the subject itself and auditors, a deleted one for nobody', () => {
  const row = { type: 'Tender', class: 'PUBLIC', phase: 'CLOSED' } as const;
  assert.equal(leastRank('PUBLIC', 'CLOSED'), null);
  assert.equal(maySeeRow(authorityOverSubject(enterprise, 'tax', OWN, []), row), true);
  assert.equal(maySeeRow(authorityOfTier(auditor, 'tax'), row), true);
  assert.equal(maySeeRow(authorityOfTier(auditor, 'tax'), { ...row, phase: 'DELETED' }), false);
});

test('a SPECIAL row is seen by the holder of a grant on its type only', () => {
  const row = { type: 'Tender', class: 'SPECIAL', phase: 'DISPLAYED' } as const;
  const holder = authorityOverSubject(agency, 'construction', OWN, [grant]);
  assert.equal(maySeeRow(holder, row), true);
  assert.equal(maySeeRow(holder, { ...row, type: 'Contract' }), false);
  assert.equal(maySeeRow(authorityOfTier(auditor, 'tax'), row), false);
});

test('authorities that see the same have the same key, others have not', () => {
  const twice: Standing = { ...grant, fields: ['B.b', 'A.a'] };
  const turned: Standing = { ...grant, fields: ['A.a', 'B.b'] };
  const key = (standing: readonly Standing[]): string =>
    keyOfAuthority(authorityOverSubject(agency, 'tax', OWN, standing));
  assert.equal(key([twice]), key([turned]));
  assert.equal(new Set([key([]), key([consent]), key([grant]), key([twice])]).size, 4);
});

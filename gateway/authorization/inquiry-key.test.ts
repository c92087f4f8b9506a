import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { PURPOSES } from '../../subgraphs/kit/authority/purpose.ts';
import { QUERY_TIERS, ROLES, type Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { inquiryKey } from './inquiry-key.ts';
import {
  authorizationUnderTest,
  inquiryOf,
  operationOf,
  requirements,
  schema,
} from './test-graph.ts';

const { sectors } = requirements;

/** Callers of every combination that a credential can make. */
function* everyInquiry(): Generator<Inquiry> {
  const purposes = [[], ['CREDIT_REPORT'], ['AUDIT', 'CREDIT_REPORT'], ['AUDIT']] as const;
  for (const tier of QUERY_TIERS)
    for (const allowed of purposes)
      for (const purpose of [null, 'CREDIT_REPORT', 'AUDIT', 'SUPERVISION'] as const)
        for (const roles of [[], ['AUDITOR'], ROLES] as const)
          for (const subject of [null, '91990101MA7K3P2Q8J', '91990102900000014T'])
            for (const sectorsOfDuty of [[], ['tax'], ['courts', 'tax'], ['tax', 'courts'], ['x']])
              yield inquiryOf({ tier, purposes: allowed, roles, subject, sectorsOfDuty }, purpose);
}

test('callers with one key are decided alike, on every field', () => {
  const subject = schema.getType('Subject');
  assert.ok(isObjectType(subject));
  const fields = Object.values(subject.getFields())
    .filter(({ type }) => isLeafType(getNamedType(type)))
    .map(({ name }) => name);
  const operation = operationOf(`{ secrets { id } ranked(grade: A) subject { ${fields.join(' ')}
    section { placed(grade: A) secret { id } dossier { finding } own { finding } } } }`);
  const known = new Map<string, string>();
  let count = 0;
  for (const inquiry of everyInquiry()) {
    const key = inquiryKey(inquiry, sectors);
    const decided = JSON.stringify(authorizationUnderTest().decide(inquiry, operation));
    assert.equal(known.get(key) ?? decided, decided, key);
    known.set(key, decided);
    count += 1;
  }
  assert.ok(count > known.size * 2, 'no two callers shared a key');
  assert.ok(known.size <= 200);
});

test('says nothing of who asks, of which subject it is, or of what no sector is called', () => {
  const one = inquiryOf({ tier: 'GOVERNMENT', id: 'a', organisation: 'b', subject: 'c' });
  const other = inquiryOf({
    tier: 'GOVERNMENT',
    id: 'x',
    organisation: 'y',
    subject: 'z',
    sectorsOfDuty: ['elsewhere'],
  });
  assert.equal(inquiryKey(one, sectors), inquiryKey(other, sectors));
  assert.doesNotMatch(inquiryKey(one, sectors), /\b[abc]\b/);
});

test('tells no two purposes apart but an audit', () => {
  const keys = PURPOSES.map((purpose) =>
    inquiryKey(
      inquiryOf({ tier: 'GOVERNMENT', purposes: PURPOSES, roles: ['AUDITOR'] }, purpose),
      sectors,
    ),
  );
  assert.equal(new Set(keys).size, 2);
});

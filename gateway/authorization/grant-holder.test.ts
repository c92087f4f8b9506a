// A special grant opens a field and nothing around it: whom it could serve, and what is said to others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainOperation } from './explain.ts';
import { authorizationUnderTest, CALLERS, inquiryOf, operationOf } from './test-graph.ts';

const { decide, wayFor, verdictsOf, grantObstacle, schemaOf } = authorizationUnderTest();

const IN_DOSSIER = '{ subject { section { dossier { finding } } } }';
const IN_OWN = '{ subject { section { own { finding } } } }';
const BY_OFFICE =
  'As a government office with duty in the sector tax, make a special application to the sector tax, naming the subject and the purpose.';
const BY_AGENCY =
  'As a licensed credit agency, make a special application to the sector tax, naming the subject and the purpose.';
const BY_ASKER =
  'Make a special application to the sector tax, naming the subject and the purpose.';

/** The last field of an operation: its decision, and the way to be allowed. */
function explained(text: string, caller: keyof typeof CALLERS): readonly [string, string | null] {
  const inquiry = CALLERS[caller];
  const { fields } = explainOperation(
    operationOf(text),
    verdictsOf(inquiry),
    wayFor.bind(null, inquiry),
  );
  const last = fields.at(-1);
  assert.ok(last);
  return [last.decision, last.way];
}

test('promises a grant to nobody whom no field in sight leads to what it would open', () => {
  for (const caller of ['anonymous', 'registered', 'agency', 'enterprise', 'office'] as const) {
    assert.deepEqual(explained(IN_DOSSIER, caller), ['REFUSED', BY_OFFICE], caller);
  }
  assert.deepEqual(explained(IN_DOSSIER, 'taxOffice'), ['DEPENDS_ON_SUBJECT', BY_ASKER]);
});

test('counts a way that a consent could open, and none that is open to the subject alone', () => {
  assert.deepEqual(explained(IN_OWN, 'agency'), ['DEPENDS_ON_SUBJECT', BY_ASKER]);
  for (const caller of ['registered', 'enterprise'] as const) {
    assert.deepEqual(explained(IN_OWN, caller), ['REFUSED', BY_AGENCY], caller);
  }
});

test('counts no way that leads through no subject', () => {
  const [decision, way] = explained('{ any { __typename } secrets { id } }', 'agency');
  // The type is led to by a section, too; the list of all is of no subject.
  assert.deepEqual([decision, way], ['DEPENDS_ON_SUBJECT', BY_ASKER]);
  const asked = decide(CALLERS.agency, operationOf('{ secrets { id } }'));
  assert.equal(asked.kind, 'refuse');
  assert.deepEqual(
    asked.refused.map(({ coordinate, rule }) => [coordinate, rule]),
    [['Secret', 'GRANT_MISSING']],
  );
});

test('says the same of an application that is about to be made', () => {
  const finding = { coordinate: 'Dossier.finding', sector: 'tax' };
  assert.equal(grantObstacle(CALLERS.agency, finding), BY_OFFICE);
  assert.equal(grantObstacle(CALLERS.enterprise, finding), BY_OFFICE);
  assert.equal(grantObstacle(CALLERS.taxOffice, finding), null);
  const granted = { coordinate: 'Subject.granted', sector: 'tax' };
  assert.equal(grantObstacle(CALLERS.registered, granted), null);
  assert.match(grantObstacle(CALLERS.auditor, granted) ?? '', /^For another purpose than AUDIT/);
});

test('asks for no purpose for what a grant could not open', () => {
  const silent = inquiryOf({ tier: 'AGENCY' }, null);
  const rules = (text: string): readonly string[] => {
    const decision = decide(silent, operationOf(text));
    assert.equal(decision.kind, 'refuse');
    return decision.refused.map(({ rule }) => rule);
  };
  assert.deepEqual(rules('{ subject { granted } }'), ['PURPOSE_MISSING']);
  assert.deepEqual(rules(IN_DOSSIER), ['DUTY_MISSING', 'GRANT_MISSING']);
});

test('keeps from a schema what its caller could not be led to', () => {
  assert.equal(schemaOf(CALLERS.agency).getType('Dossier'), undefined);
  assert.ok(schemaOf(CALLERS.agency).getType('Own'));
  assert.ok(schemaOf(CALLERS.taxOffice).getType('Dossier'));
});

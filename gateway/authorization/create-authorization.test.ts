// Decisions that depend on standing: what is looked up, and what is decided once it is known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { print } from 'graphql';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Decision } from './authorize.ts';
import type { Holdings } from './holdings.ts';
import { authorizationUnderTest, CALLERS, operationOf } from './test-graph.ts';

function decide(text: string, inquiry: Inquiry): Decision {
  return authorizationUnderTest().decide(inquiry, operationOf(text));
}

/** Refused fields as `path coordinate class`. */
function refusalsOf(decision: Decision): string[] {
  if (decision.kind === 'allow') return [];
  return decision.refused.map((f) => `${f.path.join('.')} ${f.coordinate} ${String(f.class)}`);
}

test('names what has to be looked up, a sector at a time, and nothing for the subject itself', () => {
  const text = '{ subject { either sharedConsented courtConsented score } }';
  assert.deepEqual(decide(text, CALLERS.agency).lookups, [
    { sector: 'tax', openings: ['CONSENT', 'GRANT'] },
    { sector: 'courts', openings: ['CONSENT'] },
  ]);
  assert.deepEqual(decide('{ subject { duty } }', CALLERS.enterprise).lookups, []);
  assert.deepEqual(decide('{ subject { score } }', CALLERS.agency).lookups, []);
});

function holdings(...held: readonly (readonly [string, 'CONSENT' | 'GRANT'])[]): Holdings {
  const sectorsOf = (wanted: string): Set<string> =>
    new Set(held.filter(([, opening]) => opening === wanted).map(([sector]) => sector));
  return { consents: sectorsOf('CONSENT'), grants: sectorsOf('GRANT') };
}

test('refuses by name what depends on a standing that the caller holds nowhere', () => {
  const authorization = authorizationUnderTest();
  const text = '{ subject { code consented granted sharedConsented courtConsented } }';
  const decision = authorization.decide(CALLERS.agency, operationOf(text));
  assert.equal(decision.kind, 'allow');
  const settled = (held: Holdings): string[] => refusalsOf(authorization.settle(decision, held));
  assert.deepEqual(settled(holdings()), [
    'subject.consented Subject.consented AUTHORISED',
    'subject.granted Subject.granted SPECIAL',
    'subject.sharedConsented Subject.sharedConsented AUTHORISED',
    'subject.courtConsented Subject.courtConsented AUTHORISED',
  ]);
  assert.deepEqual(settled(holdings(['tax', 'CONSENT'], ['courts', 'GRANT'])), [
    'subject.granted Subject.granted SPECIAL',
    'subject.sharedConsented Subject.sharedConsented AUTHORISED',
    'subject.courtConsented Subject.courtConsented AUTHORISED',
  ]);
  const all = holdings(['courts', 'CONSENT'], ['tax', 'GRANT'], ['tax', 'CONSENT']);
  assert.equal(authorization.settle(decision, all), decision);
});

test('leaves the rest once it is known which standings are held', () => {
  const authorization = authorizationUnderTest();
  const text = '{ subject { code forgotten consented granted } }';
  const decision = authorization.decide(CALLERS.agency, operationOf(text));
  assert.deepEqual(refusalsOf(decision), ['subject.forgotten Subject.forgotten null']);
  const settled = authorization.settle(decision, holdings(['tax', 'GRANT']));
  assert.equal(settled.kind, 'refuse');
  assert.deepEqual(
    settled.remainder && print(settled.remainder).replace(/\s+/g, ' '),
    '{ subject { code granted } }',
  );
  assert.deepEqual(settled.lookups, [{ sector: 'tax', openings: ['GRANT'] }]);
  assert.equal(authorization.settle(decision, holdings(['tax', 'GRANT'])), settled);
});

test('does not refuse the subject itself for want of a consent', () => {
  const authorization = authorizationUnderTest();
  const decision = authorization.decide(CALLERS.enterprise, operationOf('{ subject { either } }'));
  assert.equal(authorization.settle(decision, holdings()), decision);
});

test('refuses a settled decision, and one of another supergraph', () => {
  const decision = decide('{ subject { consented } }', CALLERS.agency);
  assert.throws(() => authorizationUnderTest().settle(decision, holdings()));
});

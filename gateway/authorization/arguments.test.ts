// An argument of a labelled enumeration or scalar would tell, one guess at a time, what the label hides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { print } from 'graphql';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { authorizationUnderTest, CALLERS, operationOf } from './test-graph.ts';

const authorization = authorizationUnderTest();

/** What decides on an operation: `allow`, or each refused field as `path coordinate class`. */
function decided(text: string, inquiry: Inquiry): string {
  const decision = authorization.decide(inquiry, operationOf(text));
  if (decision.kind === 'allow') return 'allow';
  return decision.refused
    .map((one) => `${one.path.join('.')} ${one.coordinate} ${String(one.class)}`)
    .join(', ');
}

const inSection = (field: string): string => `{ subject { section { ${field} } } }`;
const REFUSED = 'subject.section.ratings Grade GOVERNMENT';

for (const [how, text] of [
  ['written out', inSection('ratings(grade: A)')],
  ['in a field of an input', inSection('ratings(filter: { grade: A })')],
  ['in an input within inputs', inSection('ratings(filter: { any: [{ any: { grade: A } }] })')],
  ['in a variable', `query ($g: Grade) ${inSection('ratings(grade: $g)')}`],
  ['in a variable with a default', `query ($g: Grade = A) ${inSection('ratings(grade: $g)')}`],
  [
    'in a variable within an input',
    `query ($g: Grade) ${inSection('ratings(filter: { grade: $g })')}`,
  ],
  ['in a variable of an input', `query ($f: RatingFilter) ${inSection('ratings(filter: $f)')}`],
  ['as null', inSection('ratings(grade: null)')],
  [
    'beside a condition',
    `query ($no: Boolean!) ${inSection('ratings(grade: A) @include(if: $no)')}`,
  ],
] as const) {
  test(`weighs a labelled value that stands ${how}`, () => {
    for (const caller of ['anonymous', 'agency', 'office'] as const) {
      assert.equal(decided(text, CALLERS[caller]), REFUSED, caller);
    }
    assert.equal(decided(text, CALLERS.taxOffice), 'allow');
  });
}

test('weighs a list of such values that has none, as it weighs null', () => {
  const listed = inSection('listed(grades: [])');
  assert.equal(decided(listed, CALLERS.anonymous), 'subject.section.listed Grade GOVERNMENT');
  assert.equal(decided(listed, CALLERS.taxOffice), 'allow');
  assert.equal(decided(inSection('listed(all: { all: [] })'), CALLERS.anonymous), 'allow');
});

test('weighs the values that stand in for what is not written', () => {
  for (const [field, name] of [
    ['best', 'best'],
    ['ranked', 'ranked'],
    ['ranked(by: {}, year: {})', 'ranked'],
  ] as const) {
    const text = inSection(field);
    assert.equal(decided(text, CALLERS.agency), `subject.section.${name} Grade GOVERNMENT`, field);
    assert.equal(decided(text, CALLERS.taxOffice), 'allow', field);
  }
  assert.equal(decided(inSection('ranked(by: {})'), CALLERS.agency), 'allow');
});

test('weighs nothing where no such value is written', () => {
  for (const field of ['ratings', 'ratings(year: 7)', 'ratings(filter: { any: [{ year: 7 }] })']) {
    assert.equal(decided(inSection(field), CALLERS.anonymous), 'allow', field);
  }
});

test('leaves a field out with the value that it was given', () => {
  const decision = authorization.decide(
    CALLERS.agency,
    operationOf('query ($g: Grade) { subject { code section { ratings(grade: $g) } } }'),
  );
  assert.equal(decision.kind, 'refuse');
  assert.equal(
    decision.remainder && print(decision.remainder).replace(/\s+/g, ' '),
    '{ subject { code } }',
  );
});

test('leaves to the sector what a standing could open, and at the root nothing', () => {
  const own = authorization.decide(CALLERS.enterprise, operationOf(inSection('ratings(grade: A)')));
  assert.equal(own.kind, 'allow');
  assert.deepEqual(own.dependences, [{ sectors: ['tax'], alternatives: [['SELF']] }]);
  assert.equal(decided('{ ranked(grade: A) }', CALLERS.enterprise), 'ranked Grade GOVERNMENT');
  assert.equal(decided('{ ranked(grade: A) }', CALLERS.taxOffice), 'allow');
  assert.equal(decided('{ ranked }', CALLERS.enterprise), 'allow');
});

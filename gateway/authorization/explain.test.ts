import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { getOperationAST, getVariableValues, GraphQLError, Kind, parse, validate } from 'graphql';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { PURPOSES } from '../../subgraphs/kit/authority/purpose.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { createExplain, type Explain, type ExplainOptions } from './create-explain.ts';
import type { ExplainAs } from '../access/explain-arguments.ts';
import { RULES } from './policy.ts';
import { authorizationUnderTest, CALLERS, inquiryOf, schema } from './test-graph.ts';

const prepare: ExplainOptions['prepare'] = (text, name) => {
  const document = parse(text);
  const errors = validate(schema, document);
  const operation = getOperationAST(document, name);
  if (errors.length > 0) {
    const extensions = { code: 'GRAPHQL_VALIDATION_FAILED', hint: 'Mend it.' };
    return {
      kind: 'invalid',
      errors: errors.map(
        ({ message, nodes = [] }) => new GraphQLError(message, { nodes, extensions }),
      ),
    };
  }
  assert.ok(operation);
  return { kind: 'prepared', operation, asWritten: { document } };
};

const explain: Explain = createExplain({
  schema,
  authorization: authorizationUnderTest(),
  prepare,
  checkVariables: (operation, variables) =>
    getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors?.map(
      ({ message }) => new PublicError('BAD_USER_INPUT', message),
    ) ?? [],
});

test('decides alike whatever the variables are, and checks those that are given', () => {
  const operation = `query ($no: Boolean!) {
    subject { score @include(if: $no) code @skip(if: $no) } }`;
  const told = [undefined, '{"no":true}', '{"no":false}', '{"no":true,"__proto__":{"no":7}}'].map(
    (variables) => explain(CALLERS.registered, { operation, variables }),
  );
  for (const one of told) assert.deepEqual(one, told[0]);
  assert.equal(told[0]?.decision, 'REFUSED');
  for (const variables of ['', 'no', '[]', 'null', '7', '{"no":7}', '{}', '{"yes":true}']) {
    assert.throws(
      () => explain(CALLERS.registered, { operation, variables }),
      (error) => error instanceof PublicError && error.extensions['code'] === 'BAD_USER_INPUT',
      variables,
    );
  }
});

test('says of every field how it is decided, by which rule, and what it would take', () => {
  const { decision, fields } = explain(CALLERS.agency, {
    operation: '{ subject { code s: score consented duty rating { __typename id } } }',
  });
  assert.equal(decision, 'REFUSED');
  assert.deepEqual(
    fields.map((field) => [field.path.join('.'), field.coordinate, field.decision, field.rule]),
    [
      ['subject', 'Query.subject', 'ALLOWED', 'PROACTIVE_DISCLOSURE'],
      ['subject.code', 'Subject.code', 'ALLOWED', 'PROACTIVE_DISCLOSURE'],
      ['subject.s', 'Subject.score', 'ALLOWED', 'CREDIT_REPORTING'],
      ['subject.consented', 'Subject.consented', 'DEPENDS_ON_SUBJECT', 'SUBJECT_CONSENT'],
      ['subject.duty', 'Subject.duty', 'REFUSED', 'DUTY_MISSING'],
      ['subject.rating', 'Subject.rating', 'ALLOWED', 'PROACTIVE_DISCLOSURE'],
      ['subject.rating.__typename', 'Penalty.__typename', 'ALLOWED', 'PROACTIVE_DISCLOSURE'],
      ['subject.rating.id', 'Penalty.id', 'ALLOWED', 'PROACTIVE_DISCLOSURE'],
    ],
  );
  assert.deepEqual(fields[4], {
    path: ['subject', 'duty'],
    coordinate: 'Subject.duty',
    decidedBy: 'Subject.duty',
    decision: 'REFUSED',
    class: 'GOVERNMENT',
    sectors: ['tax'],
    rule: 'DUTY_MISSING',
    reason: RULES.DUTY_MISSING,
    way: 'Ask as a government office with duty in the sector tax.',
  });
  assert.equal(fields[2]?.way, null);
});

test('names the field that was written, and what decided on it', () => {
  const { fields } = explain(CALLERS.registered, {
    operation: '{ records { text } any { __typename } __schema { __typename } }',
  });
  assert.deepEqual(
    fields.map(({ coordinate, decidedBy, rule }) => [coordinate, decidedBy, rule]),
    [
      ['Query.records', 'Query.records', 'PROACTIVE_DISCLOSURE'],
      ['Record.text', 'Inspection.text', 'SPECIAL_GRANT'],
      ['Query.any', 'Secret', 'GRANT_MISSING'],
      ['Any.__typename', 'Secret', 'SPECIAL_GRANT'],
      ['Query.__schema', 'Query', 'CALLER_SCHEMA'],
    ],
  );
});

test('explains every operation as it is decided', () => {
  const operation = '{ subject { code score consented granted duty both either known } }';
  for (const inquiry of Object.values(CALLERS)) {
    const { decide } = authorizationUnderTest();
    const document = parse(operation);
    const definition = getOperationAST(document);
    assert.ok(definition);
    const decided = decide(inquiry, { schema, document, operation: definition });
    const { fields } = explain(inquiry, { operation });
    const refused = fields.filter((field) => field.decision === 'REFUSED');
    assert.deepEqual(
      refused.map((field) => [field.decidedBy, field.rule]),
      decided.kind === 'allow' ? [] : decided.refused.map((one) => [one.coordinate, one.rule]),
    );
  }
});

/** The decision on one field as somebody else, or the code of the refusal. */
function asSomebody(asker: Inquiry, as: ExplainAs, field = 'score'): string {
  try {
    return explain(asker, { operation: `{ subject { ${field} } }`, as }).decision;
  } catch (error) {
    assert.ok(error instanceof PublicError);
    return String(error.extensions['code']);
  }
}

test('explains for oneself, and for whoever has less', () => {
  assert.equal(asSomebody(CALLERS.agency, { tier: 'AGENCY' }), 'ALLOWED');
  assert.equal(asSomebody(CALLERS.agency, { tier: 'REGISTERED' }), 'REFUSED');
  assert.equal(asSomebody(CALLERS.agency, { tier: 'ANONYMOUS' }), 'REFUSED');
  assert.equal(asSomebody(CALLERS.agency, { tier: 'AGENCY', purpose: null }), 'REFUSED');
  const duty = { tier: 'GOVERNMENT', sectorsOfDuty: ['tax'] } as const;
  assert.equal(asSomebody(CALLERS.wideOffice, duty, 'duty'), 'ALLOWED');
  assert.equal(asSomebody(CALLERS.wideOffice, { tier: 'GOVERNMENT' }, 'duty'), 'REFUSED');
  const own = { tier: 'REGISTERED', ownSubject: true } as const;
  assert.equal(asSomebody(CALLERS.enterprise, own), 'DEPENDS_ON_SUBJECT');
  assert.equal(asSomebody(CALLERS.enterprise, { tier: 'REGISTERED' }), 'REFUSED');
});

test('refuses to explain for a caller with anything that the one who asks has not', () => {
  const above: readonly (readonly [Inquiry, ExplainAs])[] = [
    [CALLERS.anonymous, { tier: 'REGISTERED' }],
    [CALLERS.registered, { tier: 'AGENCY' }],
    [CALLERS.agency, { tier: 'GOVERNMENT' }],
    [CALLERS.taxOffice, { tier: 'GOVERNMENT', sectorsOfDuty: ['tax', 'courts'] }],
    [CALLERS.taxOffice, { tier: 'AGENCY', sectorsOfDuty: ['courts'] }],
    [CALLERS.agency, { tier: 'AGENCY', ownSubject: true }],
    [CALLERS.agency, { tier: 'AGENCY', purpose: 'AUDIT' }],
    [CALLERS.agency, { tier: 'AGENCY', roles: ['AUDITOR'] }],
    [CALLERS.agency, { tier: 'REGISTERED', roles: ['REVIEWER'] }],
  ];
  for (const [asker, as] of above) assert.equal(asSomebody(asker, as), 'ROLE_REQUIRED');
});

test('explains for anyone to an auditor', () => {
  for (const purpose of PURPOSES) {
    const as = { tier: 'GOVERNMENT', sectorsOfDuty: ['tax', 'courts'], purpose } as const;
    assert.equal(asSomebody(CALLERS.auditor, as, 'shared'), 'ALLOWED');
  }
  const self = { tier: 'REGISTERED', ownSubject: true, purpose: 'OWN_RECORDS' } as const;
  assert.equal(asSomebody(CALLERS.auditor, self, 'duty'), 'DEPENDS_ON_SUBJECT');
  assert.equal(asSomebody(CALLERS.auditor, { tier: 'ANONYMOUS' }, 'score'), 'REFUSED');
});

test('refuses an anonymous caller with anything of an identified one', () => {
  assert.equal(
    asSomebody(CALLERS.agency, { tier: 'ANONYMOUS', purpose: 'AUDIT' }),
    'BAD_USER_INPUT',
  );
  const audit = inquiryOf({ tier: 'AGENCY', roles: ['AUDITOR'] });
  assert.equal(asSomebody(audit, { tier: 'ANONYMOUS', roles: ['AUDITOR'] }), 'BAD_USER_INPUT');
});

test('says what is wrong with an operation that could not be asked, and where', () => {
  assert.throws(
    () => explain(CALLERS.agency, { operation: '{\n  absent\n}' }),
    (error) => {
      assert.ok(error instanceof PublicError);
      assert.equal(
        error.message,
        'The operation to be explained is not one (line 2, column 3): ' +
          'Cannot query field "absent" on type "Query".',
      );
      assert.deepEqual(error.extensions, { code: 'GRAPHQL_VALIDATION_FAILED', hint: 'Mend it.' });
      return true;
    },
  );
});

test('the public manual has every rule, in the words of the policy', () => {
  const file = new URL('../access/schema.graphql', import.meta.url);
  const manual = parse(readFileSync(file, 'utf8')).definitions.find(
    (node) => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'AuthorityRule',
  );
  assert.equal(manual?.kind, Kind.ENUM_TYPE_DEFINITION);
  const sentences = (manual.values ?? []).map(({ name, description }) => [
    name.value,
    description?.value,
  ]);
  assert.deepEqual(Object.fromEntries(sentences), RULES);
});

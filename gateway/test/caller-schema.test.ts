// What a caller is told of the schema, over HTTP and over the supergraph that ships: introspection,
// suggestions, the SDL and explanations. No sector runs: none is asked.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';
import { createLog } from '../../subgraphs/kit/log.ts';
import { signDevelopmentToken } from '../authentication/development/issuer.ts';
import type { DevelopmentPrincipalName } from '../authentication/development/principals.ts';
import { startGateway } from '../server.ts';
import { ask, assertRefused, CODE, codesOf, testConfig } from './graph-under-test.ts';

const directory = await mkdtemp(join(tmpdir(), 'credit-caller-schema-'));
// The key of the development issuer has to be there when the gateway first looks for it.
await signDevelopmentToken(directory, 'agency', 60);
const graph = await startGateway(testConfig({ DATA_DIR: directory }), {
  log: createLog('gateway', 'silent'),
});
after(async () => {
  await graph.stop();
  await rm(directory, { recursive: true });
});

type Headers = Readonly<Record<string, string>>;

async function as(name: DevelopmentPrincipalName, purpose?: string): Promise<Headers> {
  return {
    authorization: `Bearer ${await signDevelopmentToken(directory, name, 60)}`,
    ...(purpose !== undefined && { 'credit-purpose': purpose }),
  };
}

/** The schema as introspection shows it, as SDL. */
async function introspected(headers: Headers): Promise<string> {
  const { body } = await ask(graph, getIntrospectionQuery(), {}, headers);
  assert.equal(body.errors, undefined);
  return printSchema(buildClientSchema(body.data as never));
}

test('introspection shows a caller the fields that it may use, and no others', async () => {
  const anonymous = await introspected({});
  assert.match(anonymous, /type TaxCreditRating /);
  assert.doesNotMatch(anonymous, /type AccessGrant |ConstructionBid|inspections|\bscore:/);
  const agency = await introspected(await as('agency', 'CREDIT_REPORT'));
  assert.match(agency, /type AccessGrant /);
  assert.match(agency, /type ConstructionBid /);
  assert.match(agency, /\bscore:/);
  assert.doesNotMatch(agency, /inspections/);
  const office = await introspected(await as('government-tax', 'SUPERVISION'));
  assert.match(office, /inspections/);
});

test('a caller that has stated no purpose is shown what it may use with one', async () => {
  const silent = await introspected(await as('agency'));
  assert.equal(silent, await introspected(await as('agency', 'CREDIT_REPORT')));
});

test('the SDL is that of the caller; what is locked stands in it on request, with the way in', async () => {
  const sdlFor = async (headers: Headers, search = ''): Promise<string> => {
    const response = await fetch(new URL(`/schema.graphql${search}`, graph.url), { headers });
    assert.equal(response.status, 200);
    return response.text();
  };
  const anonymous = await sdlFor({});
  assert.doesNotMatch(anonymous, /ConstructionBid|inspections|\bscore:|Locked/);
  assert.match(await sdlFor(await as('agency', 'CREDIT_REPORT')), /\bscore:/);
  const locked = await sdlFor({}, '?locked=true');
  assert.match(
    locked,
    /Locked: GOVERNMENT, sector tax\.[^"]*Ask as a government office with duty in the sector tax\.\s+"""\s+inspections/,
  );
  const ofMutations = /(\w+): PUBLIC, sector access\. (It is [^"]*?)\s+"""\s+giveConsent\(/;
  const [, decision, rule] = ofMutations.exec(locked) ?? [];
  assert.equal(decision, 'Locked');
  assert.match(rule ?? '', /without a credential\.\s+Send the token of an identified principal\.$/);
  const [, opened, why] = ofMutations.exec(await sdlFor(await as('agency'), '?locked=true')) ?? [];
  assert.deepEqual([opened, why], ['Open', 'It is shown to every caller with a credential.']);
});

test('introspection beside data is answered in its place', async () => {
  const query = `{
    me { tier }
    hidden: __type(name: "ConstructionBid") { name }
    explain(operation: "{ __typename }") { decision }
    shown: __type(name: "Subject") { name }
  }`;
  const { text } = await ask(graph, query);
  assert.equal(
    text,
    '{"data":{"me":{"tier":"ANONYMOUS"},"hidden":null,' +
      '"explain":{"decision":"ALLOWED"},"shown":{"name":"Subject"}}}',
  );
});

test('nothing that is locked is suggested, and what is asked by name is refused by name', async () => {
  const inTax = (field: string): string =>
    `{ subject(code: "${CODE}") { tax { creditRatings { nodes { ${field} } } } } }`;
  const messageFor = async (field: string, headers: Headers): Promise<string | undefined> =>
    (await ask(graph, inTax(field), {}, headers)).body.errors?.[0]?.message;
  const wrong = 'Cannot query field "scores" on type "TaxCreditRating".';
  assert.doesNotMatch((await messageFor('scores', {})) ?? '', /"score"/);
  assert.equal(
    await messageFor('scores', await as('agency', 'CREDIT_REPORT')),
    `${wrong} Did you mean "score"?`,
  );
  assertRefused(await ask(graph, inTax('score')), 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
  const silent = await ask(graph, inTax('score'), {}, await as('agency'));
  assertRefused(silent, 403, 'PURPOSE_REQUIRED');
});

const EXPLAIN = `query ($operation: String!, $variables: String, $as: ExplainAs) {
  explain(operation: $operation, variables: $variables, as: $as) {
    decision
    fields { path coordinate decision class sectors rule way }
  }
}`;
const SCORE = `{ subject(code: "${CODE}") { tax { creditRatings { nodes { score } } } } }`;

test('explains to everybody what it is shown, and to whom else it would be', async () => {
  const decided = async (headers: Headers, given?: object): Promise<unknown> => {
    const { body, text } = await ask(graph, EXPLAIN, { operation: SCORE, as: given }, headers);
    assert.equal(body.errors, undefined, text);
    const { explain } = body.data as unknown as {
      explain: { decision: string; fields: readonly { rule: string }[] };
    };
    return [explain.decision, explain.fields.at(-1)?.rule];
  };
  assert.deepEqual(await decided({}), ['REFUSED', 'CONSENT_MISSING']);
  const agency = await as('agency', 'CREDIT_REPORT');
  assert.deepEqual(await decided(agency), ['DEPENDS_ON_SUBJECT', 'SUBJECT_CONSENT']);
  assert.deepEqual(await decided(agency, { tier: 'ANONYMOUS' }), ['REFUSED', 'CONSENT_MISSING']);
  const office = { tier: 'GOVERNMENT', sectorsOfDuty: ['tax'], purpose: 'SUPERVISION' };
  assert.deepEqual(await decided(await as('auditor', 'AUDIT'), office), [
    'ALLOWED',
    'DUTY_IN_SECTOR',
  ]);
});

test('explains for nobody above the one who asks, and within the limits of operations', async () => {
  const codesFor = async (variables: object): Promise<unknown[]> =>
    codesOf(await ask(graph, EXPLAIN, { ...variables }, await as('registered', 'TENDER_REVIEW')));
  assert.deepEqual(await codesFor({ operation: SCORE, as: { tier: 'AGENCY' } }), ['ROLE_REQUIRED']);
  const deep = `${'{ subject '.repeat(40)}${'}'.repeat(40)}`.replace(
    'subject }',
    'subject { code } }',
  );
  assert.deepEqual(await codesFor({ operation: deep }), ['OPERATION_LIMIT_EXCEEDED']);
  assert.deepEqual(await codesFor({ operation: '{ scor' }), ['GRAPHQL_PARSE_FAILED']);
  const operation = SCORE.replace('{ subject', 'query ($c: CreditCode!) { subject').replace(
    `"${CODE}"`,
    '$c',
  );
  assert.deepEqual(await codesFor({ operation, variables: `{"c":"${CODE}"}` }), []);
  for (const variables of ['{"c":"no code"}', '{}', '[]', '{', '{"c":"\\u0000"}']) {
    assert.deepEqual(await codesFor({ operation, variables }), ['BAD_USER_INPUT'], variables);
  }
  const { body } = await ask(graph, EXPLAIN, { operation: '{ subjectt }' });
  assert.match(body.errors?.[0]?.message ?? '', /\(line 1, column 3\): Cannot query field/);
});

test('explains without naming values that nobody has decided on', async () => {
  const operation = 'query ($as: ExplainAs) { explain(operation: "{ a }", as: $as) { decision } }';
  const as = { tier: 'AGENC' };
  const messageOf = async (query: string, variables: object): Promise<string> => {
    const { body } = await ask(graph, query, { ...variables });
    return body.errors?.[0]?.message ?? '';
  };
  assert.match(await messageOf(operation, { as }), /"QueryTier" enum\. Did you mean .*AGENCY/);
  const explained = await messageOf(EXPLAIN, { operation, variables: JSON.stringify({ as }) });
  assert.match(explained, /"QueryTier" enum/);
  assert.doesNotMatch(explained, /Did you mean/);
});

// The graph that ships, end to end: record files, six databases, six subgraphs, one gateway.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  Kind,
  parse,
  print,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { createPopulation, SAMPLE_POPULATION } from '../../subgraphs/kit/samples/population.ts';
import { loadSupergraph } from '../supergraph/load-supergraph.ts';
import { ask, codesOf, CODE } from './graph-under-test.ts';
import { openWholeGraph } from './open-whole-graph.ts';
import { testAuthority } from './suites/authority.ts';
import { testBadHttp } from './suites/bad-http.ts';
import { testBadInput } from './suites/bad-input.ts';
import { testFragments } from './suites/fragments.ts';
import { testStanding } from './suites/standing.ts';

const EXAMPLES = join(import.meta.dirname, '../playground/examples');
/** The one that needs more than anybody has. */
const AUTHORITY_EXAMPLE = '2-authority.graphql';
const SECTORS = ['tax', 'environment', 'construction', 'courts', 'ecommerce'] as const;

const graph = await openWholeGraph();
after(() => graph.close());

testBadInput('the whole graph', graph);
testBadHttp('the whole graph', graph);
testAuthority(graph);
testStanding(graph);
testFragments(graph);

const readExample = (name: string): Promise<string> => readFile(join(EXAMPLES, name), 'utf8');

/** Statements that each sector has run since the last call, by name; none of those that ran none. */
function statements(): Record<string, number> {
  return Object.fromEntries(
    [...graph.sectors]
      .map(([name, sector]) => [name, sector.statements()] as const)
      .filter(([, count]) => count > 0),
  );
}

test('holds at least 2,000 subjects and 25,000 records beside them', async () => {
  const { body } = await ask(graph, '{ searchSubjects(first: 0) { totalCount } }');
  assert.equal(body.errors, undefined);
  assert.ok(createPopulation(SAMPLE_POPULATION).size >= 2_000);
  assert.ok(graph.records - SAMPLE_POPULATION.size >= 25_000, String(graph.records));
});

test('answers every example of the page without an error and with something in it', async () => {
  const names = (await readdir(EXAMPLES)).sort();
  assert.equal(names.length, 9);
  for (const name of names.filter((name) => name !== AUTHORITY_EXAMPLE)) {
    const { status, body, text } = await ask(graph, await readExample(name));
    assert.equal(status, 200, name);
    assert.equal(body.errors, undefined, `${name}: ${text.slice(0, 2_000)}`);
    assert.ok(text.length > 300, `${name} answers ${text}`);
  }
});

test('shows in one example how authority is refused, and what is left without it', async () => {
  const example = await readExample(AUTHORITY_EXAMPLE);
  const refused = await ask(graph, example);
  assert.equal(refused.status, 403);
  const left = await ask(graph, example, {}, { 'credit-unauthorized': 'filter' });
  assert.equal(left.status, 200);
  const classes = left.body.errors?.map(({ extensions }) => extensions['class']);
  assert.deepEqual(new Set(classes), new Set(['AUTHORISED', 'GOVERNMENT', 'SPECIAL']));
});

test('reads a report with one statement for each record type asked for, at most', async () => {
  const report = await readExample('1-report.graphql');
  await ask(graph, report);
  statements();
  const { text, body } = await ask(graph, report);
  assert.equal(body.errors, undefined);
  assert.deepEqual(statements(), {
    registry: 1,
    tax: 4,
    environment: 5,
    // qualifications, projects, bad conduct, wage arrears, and the five stages of projects: what a
    // project has reached depends on all of them
    construction: 9,
    courts: 3,
    ecommerce: 3,
  });
  assert.ok(text.length > 8_000, `${text.length} characters`);
});

test('reads the report of 100 subjects with the same statements', async () => {
  const population = createPopulation(SAMPLE_POPULATION);
  const codes = Array.from({ length: 100 }, (_, at) => population.at(at).code);
  const query = (list: string): string =>
    `{ subjects(codes: ${list}) { name
         tax { coverage { status } creditRatings(first: 2) { nodes { grade } } penalties(first: 2) { nodes { severity } } }
         environment { coverage { status } ratings(first: 2) { nodes { level } } }
         construction { coverage { status } projects(first: 2) { nodes { name contracts { contractNumber } } } }
         courts { coverage { status } judgmentDebtorEntries(first: 2) { nodes { caseNumber } } }
         ecommerce { coverage { status } stores(first: 2) { nodes { storeName } } } } }`;
  const counts = [];
  for (const list of [codes.slice(0, 1), codes]) {
    statements();
    const { body, text } = await ask(graph, query(JSON.stringify(list)));
    assert.equal(body.errors, undefined, text.slice(0, 500));
    counts.push(statements());
  }
  assert.deepEqual(counts[0], counts[1]);
});

test('refuses every field of the supergraph that is not PUBLIC, wherever it stands', async () => {
  const { document, schema } = await loadSupergraph();
  const restricted = restrictedFields(document);
  assert.ok(restricted.length > 20, String(restricted.length));
  statements();
  for (const { type, field } of restricted) {
    const query = operationTo(schema, type, field);
    const answer = await ask(graph, query);
    assert.equal(answer.status, 403, query);
    // The way to it may lead through other fields that are refused, too.
    assert.deepEqual(new Set(codesOf(answer)), new Set(['UNAUTHORIZED_FIELD_OR_TYPE']), query);
    const coordinates = answer.body.errors?.map((error) => error.extensions['coordinate']);
    assert.ok(coordinates?.includes(`${type}.${field}`), query);
    assert.equal('data' in answer.body, false);
  }
  assert.deepEqual(statements(), {}, 'no sector was asked');
});

interface FieldName {
  readonly type: string;
  readonly field: string;
}

/** Lists the fields of a supergraph whose label is not that of PUBLIC. */
function restrictedFields(document: DocumentNode): readonly FieldName[] {
  const found: FieldName[] = [];
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const label = field.directives?.find(({ name }) => name.value === 'requiresScopes');
      if (!label || print(label).includes('"credit:public"')) continue;
      found.push({ type: type.name.value, field: field.name.value });
    }
  }
  return found;
}

/** Writes an operation that asks for a field by the shortest way. */
function operationTo(schema: GraphQLSchema, wanted: string, field: string): string {
  const root = schema.getQueryType();
  assert.ok(root);
  const ways = new Map<string, string[]>([[root.name, []]]);
  const queue: GraphQLObjectType[] = [root];
  for (let type = queue.shift(); type; type = queue.shift()) {
    const way = ways.get(type.name) ?? [];
    for (const [name, { type: returned, args }] of Object.entries(type.getFields())) {
      const next = getNamedType(returned);
      if (!isObjectType(next) || ways.has(next.name)) continue;
      const needed = args.filter(isRequiredArgument).map((arg) => arg.name);
      if (needed.some((arg) => arg !== 'code')) continue;
      ways.set(next.name, [...way, needed.length > 0 ? `${name}(code: "${CODE}")` : name]);
      queue.push(next);
    }
  }
  const way = ways.get(wanted);
  const type = schema.getType(wanted);
  assert.ok(way && isObjectType(type), `there is a way to ${wanted}`);
  const returned = type.getFields()[field]?.type;
  const leaf = returned && isObjectType(getNamedType(returned)) ? `${field} { __typename }` : field;
  return `{ ${[...way, leaf].reduceRight((inner, step) => `${step} { ${inner} }`)} }`;
}

test('answers the rest, with the same error beside it, when fields are to be left out', async () => {
  const query = `{ subject(code: "${CODE}") { name tax { creditRatings { nodes { grade score } } } } }`;
  const answer = await ask(graph, query, {}, { 'credit-unauthorized': 'filter' });
  assert.equal(answer.status, 200);
  assert.deepEqual(codesOf(answer), ['UNAUTHORIZED_FIELD_OR_TYPE']);
  assert.deepEqual(answer.body.data, {
    subject: {
      name: '云州星河建设科技股份有限公司',
      tax: { creditRatings: { nodes: [{ grade: 'A' }] } },
    },
  });
});

test('says nothing of a household, neither by code nor in a search', async () => {
  const population = createPopulation(SAMPLE_POPULATION);
  const households = [];
  for (const subject of population.subjects()) {
    if (subject.category === 'INDIVIDUAL_HOUSEHOLD' && households.length < 5)
      households.push(subject);
  }
  for (const { code, nameZh } of households) {
    const { body } = await ask(
      graph,
      `query ($name: String!) { subject(code: "${code}") { name } searchSubjects(name: $name) { nodes { code } } }`,
      { name: nameZh },
    );
    assert.equal(body.data?.['subject'], null);
    const { nodes } = body.data['searchSubjects'] as { nodes: { code: string }[] };
    assert.ok(!nodes.some((node) => node.code === code));
  }
});

test('leaves the rest of an answer intact when a sector is down, and says so', async () => {
  const query = `{ subject(code: "${CODE}") { name
    ${SECTORS.map((name) => `${name} { coverage { status } }`).join(' ')} 
    debtors: courts { coverage { status upToClass checkedAt } judgmentDebtorEntries { totalCount } } } }`;
  const courts = graph.sectors.get('courts');
  assert.ok(courts);
  await courts.interrupt();
  try {
    const { status, body } = await ask(graph, query);
    assert.equal(status, 200);
    assert.deepEqual(body.data?.['subject'], {
      name: '云州星河建设科技股份有限公司',
      ...Object.fromEntries(
        SECTORS.map((name) => [
          name,
          { coverage: { status: name === 'courts' ? 'UNAVAILABLE' : 'CHECKED' } },
        ]),
      ),
      debtors: {
        coverage: { status: 'UNAVAILABLE', upToClass: null, checkedAt: null },
        judgmentDebtorEntries: null,
      },
    });
    assert.ok(body.errors && body.errors.length > 0);
    for (const error of body.errors) {
      assert.equal(error.extensions['code'], 'SUBGRAPH_UNAVAILABLE');
      assert.equal(error.extensions['sector'], 'courts');
    }
  } finally {
    await courts.resume();
  }
  const { body } = await ask(graph, query);
  assert.equal(body.errors, undefined, 'it answers again once it is back');
});

test('says UNAVAILABLE when a sector runs and its database does not', async () => {
  const tax = graph.sectors.get('tax');
  assert.ok(tax);
  await tax.pool.query('alter table penalties rename to penalties_away');
  try {
    const { body } = await ask(
      graph,
      `{ subject(code: "${CODE}") { tax { coverage { status } penalties { totalCount } } courts { coverage { status } } } }`,
    );
    const subject = body.data?.['subject'] as Record<string, { coverage: { status: string } }>;
    assert.equal(subject['tax']?.coverage.status, 'UNAVAILABLE');
    assert.equal(subject['courts']?.coverage.status, 'CHECKED');
    assert.ok(body.errors && body.errors.length > 0);
    assert.doesNotMatch(JSON.stringify(body.errors), /penalties_away|relation|select/i);
  } finally {
    await tax.pool.query('alter table penalties_away rename to penalties');
  }
});

test('gives the answers that the README shows to the commands that it shows', async () => {
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
  const shown = [
    ...readme.matchAll(/-d '(\{"query":[\s\S]*?\})'\n```[\s\S]*?```json\n([\s\S]*?)```/g),
  ];
  assert.equal(shown.length, 2);
  for (const [, request = '', answer = ''] of shown) {
    const { query } = JSON.parse(request) as { query: string };
    parse(query);
    const { text } = await ask(graph, query);
    assert.deepEqual(JSON.parse(text), JSON.parse(answer));
  }
});

test('serves the page under a policy that lets in nothing from elsewhere', async () => {
  const response = await fetch(new URL('/', graph.url));
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.match(policy, /connect-src 'self'(;|$)/);
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  const missing = await fetch(new URL('/assets/../../package.json', graph.url));
  assert.equal(missing.status, 404);
});

// The check of a sector as a whole: what is waived, and what other sectors must consent to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordedOperation } from '../recorded-operations.ts';
import { RULES } from './rules.ts';
import type { CheckReport } from './check-report.ts';
import {
  check,
  type Edits,
  errorsOf,
  findingsOf,
  KEYED,
  ports,
  publishedGraph,
  REQUIRING,
  rulesOf,
  transport,
  view,
} from './test-sector.ts';

/** Checks `transport`, changed, against the graph in which it was not. */
function change(edits: Edits, operations: readonly RecordedOperation[] | null = []): CheckReport {
  return check(
    { transport: transport(...edits), ports: ports() },
    { published: publishedGraph(), operations },
  );
}

test('passes a sector that keeps the rules, and gives the graph it composes to', () => {
  const report = check({ transport: transport(), ports: ports() });
  assert.deepEqual(report.problems, []);
  assert.equal(report.passed, true);
  assert.match(report.supergraph ?? '', /type TransportPermit/);
});

test('names rule, file, line, column and remedy, errors first', () => {
  const report = change([
    ['"Its fee."', '"Old." old: Int @deprecated\n  "Its fee."'],
    ['fee: Money', 'fee: Float'],
  ]);
  assert.deepEqual(
    report.problems.map(({ rule, severity, file, line, column }) => [
      rule,
      severity,
      file,
      line,
      column,
    ]),
    [
      ['scalar', 'error', 'transport/schema.graphql', 34, 3],
      ['deprecation', 'warning', 'transport/schema.graphql', 33, 3],
      ['contract', 'warning', 'transport/schema.graphql', 34, 3],
    ],
  );
  for (const { remedy } of report.problems) assert.match(remedy, /\.$/);
});

test('reports a schema that is no SDL without looking further', () => {
  const report = check({ transport: transport(['type Query {', 'type Query {{']) });
  assert.deepEqual(
    report.problems.map(({ rule, file, line, column }) => [rule, file, line, column]),
    [['composition', 'transport/schema.graphql', 14, 13]],
  );
  assert.equal(report.supergraph, null);
});

test('names both sectors and both places of what does not compose, its own first', () => {
  const shared = (type: string): Edits => [
    ['"In force."', `"In force."`],
    [
      '"States."',
      `"Weight." type Weight @shareable @requiresScopes(scopes: [["credit:public"]]) { "Kilograms." kilograms: ${type} }\n"States."`,
    ],
  ];
  const report = check({
    transport: transport(...shared('Int')),
    ports: ports(...shared('String')),
  });
  const [problem] = errorsOf(report);
  assert.equal(problem?.rule, 'composition');
  assert.equal(problem.file, 'transport/schema.graphql');
  assert.deepEqual(problem.sectors, ['ports']);
  assert.equal(problem.also[0]?.file, 'ports/schema.graphql');
  assert.match(problem.message, /Weight\.kilograms has different types .*String in ports/);
});

test('sets a rule aside for what the waiver stands before, with its reason', () => {
  const lists: Edits = [['notes: [String!]', 'notes: [String]']];
  const waive = (text: string): Edits => [['"Notes."', `${text}\n  "Notes."`], ...lists];
  const report = change(waive('# check: waive list-items because a hole stands for a lost page'));
  assert.deepEqual(rulesOf(report), []);
  assert.deepEqual(
    report.waived.map(({ rule, coordinate, reason }) => [rule, coordinate, reason]),
    [['list-items', 'TransportPermit.notes', 'a hole stands for a lost page']],
  );
  const elsewhere = change([
    ['"Its fee."', '# check: waive list-items because a hole stands for a lost page\n  "Its fee."'],
    ...lists,
  ]);
  assert.deepEqual(rulesOf(elsewhere).toSorted(), ['list-items', 'waiver']);
});

test('a waiver covers what stands within, goes on over lines, and before all covers the file', () => {
  const twice: Edits = [
    ['notes: [String!]', 'notes: [String]'],
    ['"Its fee."', '"More." more: [Int]\n  "Its fee."'],
  ];
  const ofType = change([
    [
      '"A permit."',
      '# check: waive list-items because a hole\n# stands for a lost page\n"A permit."',
    ],
    ...twice,
  ]);
  assert.deepEqual(rulesOf(ofType), []);
  assert.deepEqual(
    ofType.waived.map(({ reason }) => reason),
    ['a hole stands for a lost page', 'a hole stands for a lost page'],
  );
  const ofFile = change([
    [
      'extend schema',
      '# check: waive list-items because a hole stands for a lost page\nextend schema',
    ],
    ...twice,
  ]);
  assert.deepEqual(rulesOf(ofFile), []);
});

test('refuses a waiver without reason, of no rule, of what cannot be waived, that nothing needs', () => {
  const comments = [
    '# check: waive list-items',
    '# check: waive list-items because ok',
    '# check: waive lists because a hole stands for a lost page',
    '# check: waive authority because everybody may see it',
    '# check: waive list-items because a hole stands for a lost page',
  ];
  for (const comment of comments) {
    const report = change([['"Its fee."', `${comment}\n  "Its fee."`]]);
    assert.deepEqual(rulesOf(report), ['waiver'], comment);
    assert.equal(errorsOf(report)[0]?.line, 33);
  }
  const [atEnd] = errorsOf(
    change([['number: String!', 'number: String! # check: waive scalar because it is at the end']]),
  );
  assert.match(atEnd?.message ?? '', /stands before nothing/);
});

const keyOf = (field: string): Edits => [
  [
    'type TransportPermit implements CreditRecord',
    `type TransportPermit implements CreditRecord @key(fields: "${field}")`,
  ],
];
/** A type that both sectors have. */
const weight = (scope: string): Edits => [
  [
    '"States."',
    `"Shared." type Weight @shareable @requiresScopes(scopes: [["credit:${scope}"]]) { "Kilograms." kilograms: Int }\n"States."`,
  ],
];

test('asks for the consent of the owner of what is required and added to, naming both', () => {
  const without = check({ transport: transport(...REQUIRING), ports: ports(...KEYED) });
  const found = errorsOf(without).filter(({ rule }) => rule === 'consent');
  assert.deepEqual(
    found.map(({ coordinate, sectors, also }) => [coordinate, sectors, also[0]?.file]),
    [
      ['PortsPermit.number', ['ports'], 'ports/schema.graphql'],
      ['PortsPermit.transportBerth', ['ports'], 'ports/schema.graphql'],
    ],
  );
  assert.match(found[0]?.message ?? '', /transport requires PortsPermit\.number, which ports owns/);
  assert.match(found[0]?.remedy ?? '', /# check: consent to transport because <reason>/);
  const consent = '# check: consent to transport because berths follow from permits';
  const toType = ports(...KEYED, ['"A permit."', `${consent}\n"A permit."`]);
  assert.deepEqual(rulesOf(check({ transport: transport(...REQUIRING), ports: toType })), []);
  const toField = ports(...KEYED, ['"Its number."', `${consent}\n  "Its number."`]);
  const partly = check({ transport: transport(...REQUIRING), ports: toField });
  assert.deepEqual(
    errorsOf(partly).map(({ coordinate }) => coordinate),
    ['PortsPermit.transportBerth'],
  );
  const toOthers = toType.replace('consent to transport', 'consent to registry');
  assert.equal(rulesOf(check({ transport: transport(...REQUIRING), ports: toOthers })).length, 2);
});

test('no sector waives what protects the others', () => {
  const reason = 'because it is only a trial of ours';
  const waived = (rule: string, edits: Edits): string =>
    transport(['extend schema', `# check: waive ${rule} ${reason}\nextend schema`], ...edits);
  const onSubject: Edits = [
    ['"What the sector keeps."', '"Rank." rank: String\n  "What the sector keeps."'],
  ];
  const noSection: Edits = [...onSubject, ['  transport("As of."', '  transports("As of."']];
  const cases: readonly (readonly [string, Edits])[] = [
    ['consent', REQUIRING],
    ['shared-label', weight('public')],
    ['shared-type', [['"States."', 'extend enum RecordState { LOST }\n"States."']]],
    ['section', onSubject],
    ['section', noSection],
    ['key-public', keyOf('notes')],
  ];
  for (const [rule, edits] of cases) {
    const text = waived(rule, edits);
    const report = check({ transport: text, ports: ports(...KEYED, ...weight('agency')) });
    assert.ok(rulesOf(report).includes(rule), rule);
    const [refused] = errorsOf(report).filter((problem) => problem.rule === 'waiver');
    const isWhole = rule !== 'section';
    if (isWhole) assert.equal(refused?.message, `The rule ${rule} cannot be waived.`);
  }
});

test('the types of another sector are not made its own by the name of the section', () => {
  const named: Edits = [
    ...REQUIRING,
    [
      'transport("As of." asOf: Date): TransportSection',
      'transport("As of." asOf: Date): PortsSection',
    ],
  ];
  const found = errorsOf(check({ transport: transport(...named), ports: ports(...KEYED) }));
  assert.ok(
    found.some(
      ({ rule, coordinate }) => rule === 'consent' && coordinate === 'PortsPermit.transportBerth',
    ),
  );
});

test('asks for the consent of the sector whose field is taken over', () => {
  const taken: Edits = [
    [
      '"States."',
      `type PortsPermit @key(fields: "id") @requiresScopes(scopes: [["credit:public"]]) {
  id: ID!
  "Number."
  number: String! @override(from: "ports")
}
"States."`,
    ],
  ];
  const found = errorsOf(check({ transport: transport(...taken), ports: ports(...KEYED) }));
  assert.ok(
    found.some(({ message }) => message.startsWith('transport takes over PortsPermit.number')),
  );
});

test('refuses a consent to a sector that does not exist', () => {
  const report = change([
    ['"Its fee."', '# check: consent to harbours because berths follow from fees\n  "Its fee."'],
  ]);
  assert.deepEqual(rulesOf(report), ['consent']);
});

test('refuses a name that is no subgraph', () => {
  assert.throws(() => check({ ports: ports() }), /There is no subgraph transport/);
});

test('shared-label finds a field whose class differs between sectors, and its other place', () => {
  const schema = view(transport(...weight('public')), { ports: ports(...weight('agency')) });
  const rule = RULES.find(({ id }) => id === 'shared-label');
  const [finding, ...more] = [...(rule?.find(schema) ?? [])];
  assert.equal(more.length, 0);
  assert.equal(finding?.coordinate, 'Weight.kilograms');
  assert.match(finding.message, /is PUBLIC here and AGENCY in ports/);
  assert.deepEqual(finding.sectors, ['ports']);
  assert.equal(finding.also?.[0]?.loc?.source.name, '/graph/ports/schema.graphql');
  const same = view(transport(...weight('agency')), { ports: ports(...weight('agency')) });
  assert.deepEqual(findingsOf('shared-label', same), []);
});

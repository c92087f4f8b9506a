// What a change of a sector does against the published graph: whom it breaks, and who sees more or less.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordedOperation } from '../recorded-operations.ts';
import {
  check,
  errorsOf,
  ports,
  publishedGraph,
  rulesOf,
  transport,
  type Edits,
} from './test-sector.ts';
import type { CheckReport } from './check-report.ts';
import type { CheckInput } from './check-sector.ts';
import { wideningOf } from './widenings.ts';
import type { EarlierGraph } from './earlier-sights.ts';

/** Checks `transport`, changed, against the graph in which it was not. */
function change(edits: Edits, operations: readonly RecordedOperation[] | null = []): CheckReport {
  return check(
    { transport: transport(...edits), ports: ports() },
    { published: publishedGraph(), operations },
  );
}

const asked = (text: string, count = 1, lastUsedOn = '2026-02-01'): RecordedOperation => ({
  text,
  count,
  lastUsedOn,
});

test('refuses a breaking change that recorded operations use, saying how much', () => {
  const removed: Edits = [['"Its fee."\n  fee: Money', '']];
  const using = '{ transportPermits { nodes { fee { minorUnits } } } }';
  const used = change(removed, [
    asked(using, 40, '2026-02-03'),
    asked(`query Q ${using}`, 2, '2026-02-01'),
    asked('{ transportPermits { totalCount } }', 9),
  ]);
  assert.deepEqual(used.contract, [
    {
      kind: 'FIELD_REMOVED',
      isBreaking: true,
      coordinate: 'TransportPermit.fee',
      message: 'TransportPermit.fee was removed.',
      use: { operations: 2, requests: 42, lastUsedOn: '2026-02-03' },
    },
  ]);
  const [problem] = errorsOf(used);
  assert.match(
    problem?.message ?? '',
    /2 recorded operations with 42 requests use it, the last on 2026-02-03/,
  );
  const unused = change(removed, [asked('{ transportPermits { totalCount } }', 9)]);
  assert.deepEqual(
    unused.problems.map(({ rule, severity }) => [rule, severity]),
    [['contract', 'warning']],
  );
  const longAgo = change(removed, [asked(using, 40, '2025-12-31')]);
  assert.deepEqual(rulesOf(longAgo), []);
  const unknown = change(removed, null);
  assert.match(errorsOf(unknown)[0]?.message ?? '', /no recording says whether it is used/);
});

test('weighs values, arguments and types, and lets a meant change be waived', () => {
  const value: Edits = [['  "At an end."\n  ENDED\n', '']];
  const used = [asked('{ transportPermits { nodes { status } } }', 3)];
  assert.deepEqual(rulesOf(change(value, used)), ['contract']);
  const waived = change(
    [
      ['"States."', '# check: waive contract because no permit has ever ended\n"States."'],
      ...value,
    ],
    used,
  );
  assert.deepEqual(rulesOf(waived), []);
  const required: Edits = [['transportPermits(', 'transportPermits("Year." year: Int! ']];
  assert.deepEqual(rulesOf(change(required, used)), ['contract']);
  const added = change([['VALID\n', 'VALID\n  "Lost."\n  LOST\n']], used);
  assert.deepEqual(
    added.problems.map(({ rule, severity }) => [rule, severity]),
    [['contract', 'warning']],
  );
});

test('leaves the changes of other sectors to them', () => {
  const report = check(
    { transport: transport(), ports: ports(['"Its fee."\n  fee: Money', '']) },
    { published: publishedGraph(), operations: null },
  );
  assert.deepEqual(report.problems, []);
  assert.deepEqual(report.contract, []);
  assert.deepEqual(report.authority, []);
});

test('refuses that more callers see a field, unless its sector accepts it', () => {
  const wider: Edits = [['credit:agency', 'credit:registered']];
  const report = change(wider);
  assert.deepEqual(report.authority, [
    {
      coordinate: 'TransportPermit.notes',
      kind: 'widened',
      classBefore: 'AGENCY',
      classAfter: 'REGISTERED',
      gains: ['registered', 'grant holder'],
      loses: [],
      movedTo: [],
      earlier: null,
      use: null,
      rows: null,
    },
  ]);
  assert.deepEqual(rulesOf(report), ['authority']);
  const accepted = check(
    { transport: transport(...wider), ports: ports() },
    { published: publishedGraph(), operations: [], isWideningAccepted: true },
  );
  assert.equal(accepted.passed, true);
  assert.deepEqual(accepted.authority, report.authority);
});

test('says who loses a field, and how much asks for it', () => {
  const report = change(
    [['credit:agency', 'credit:special']],
    [asked('{ transportPermits { nodes { notes } } }', 7)],
  );
  const [row] = report.authority;
  assert.deepEqual(row?.loses, [
    'agency',
    'agency with consent',
    'government elsewhere',
    'government on duty',
    'enterprise itself',
    'auditor',
  ]);
  assert.deepEqual(row.gains, ['grant holder']);
  assert.equal(row.kind, 'widened');
  const narrowed = change(
    [['credit:agency', 'credit:government']],
    [asked('{ transportPermits { nodes { notes } } }', 7)],
  );
  assert.deepEqual(rulesOf(narrowed), []);
  assert.match(
    narrowed.problems[0]?.message ?? '',
    /notes is no longer shown to .*; up to 7 recorded requests/,
  );
});

test('makes one problem of all fields of a type that change alike', () => {
  const label = 'type TransportPermit implements CreditRecord @requiresScopes(scopes: [["credit:';
  const report = change([[`${label}public`, `${label}agency`]]);
  const ofType = report.problems.filter(({ coordinate }) =>
    coordinate?.startsWith('TransportPermit.'),
  );
  assert.equal(ofType.length, 1);
  assert.match(
    ofType[0]?.message ?? '',
    /^TransportPermit\.\w+ and \d+ more of TransportPermit are no longer/,
  );
  assert.ok(report.authority.length > 10);
});

test('lists new and removed fields without asking for acceptance', () => {
  const report = change([
    [
      '"Its fee."\n  fee: Money',
      '"Its axles."\n  axles: Int @requiresScopes(scopes: [["credit:authorised"]])',
    ],
  ]);
  assert.deepEqual(
    report.authority.map(({ coordinate, kind, gains }) => [coordinate, kind, gains.length]),
    [
      ['TransportPermit.axles', 'added', 4],
      ['TransportPermit.fee', 'removed', 0],
    ],
  );
  assert.deepEqual(rulesOf(report), []);
});

test('sees the label of the type that a field returns', () => {
  const owner = (scope: string): Edits => [
    ['"Its fee."', '"Owner." owner: TransportOwner\n  "Its fee."'],
    [
      '"States."',
      `"Owner." type TransportOwner @requiresScopes(scopes: [["credit:${scope}"]]) { "Name." name: String }\n"States."`,
    ],
  ];
  const graph = (scope: string): Readonly<Record<string, string>> => ({
    transport: transport(...owner(scope)),
    ports: ports(),
  });
  const published = check(graph('special')).supergraph;
  const report = check(graph('public'), { published, operations: [] });
  assert.deepEqual(
    report.authority.map(({ coordinate, kind }) => `${coordinate} ${kind}`).toSorted(),
    ['TransportOwner.name widened', 'TransportPermit.owner widened'],
  );
});

/** The graph in which `transport` stands with these edits; `ports` beside it, with others. */
function graphWith(edits: Edits, beside: Edits = []): string {
  const { supergraph } = check({ transport: transport(...edits), ports: ports(...beside) });
  if (supergraph === null) throw new Error('a graph of the test does not compose');
  return supergraph;
}

test('a field that comes back is compared with the last graph that had it', () => {
  const notes = '"Notes."\n  notes: [String!] @requiresScopes(scopes: [["credit:agency"]])';
  const without = graphWith([[notes, '']]);
  const public_ = graphWith([['credit:agency', 'credit:public']]);
  const read: string[] = [];
  function* past(...graphs: readonly string[]): Generator<EarlierGraph> {
    for (const [index, supergraph] of graphs.entries()) {
      read.push(`generation${index}`);
      yield { generation: `generation${index}`, supergraph };
    }
  }
  const back = (edits: Edits, earlier: Iterable<EarlierGraph>): CheckReport =>
    check(
      { transport: transport(...edits), ports: ports() },
      { published: without, operations: [], earlier },
    );
  const wider: Edits = [['credit:agency', 'credit:registered']];
  // Of the last that had it, whatever it was before.
  const report = back(wider, past(without, publishedGraph(), public_));
  assert.deepEqual(rulesOf(report), ['authority']);
  assert.match(
    errorsOf(report)[0]?.message ?? '',
    /notes is shown to more callers than when last published \(generation1\): registered, grant/,
  );
  assert.deepEqual(read, ['generation0', 'generation1']);
  const [row] = report.authority;
  assert.deepEqual(
    [row?.kind, row?.classBefore, row?.classAfter],
    ['widened', 'AGENCY', 'REGISTERED'],
  );
  // For no more than before it comes back as a new field does, and so does one that never was.
  for (const graphs of [[without, publishedGraph()], [without]]) {
    const same = back([], past(...graphs));
    assert.deepEqual(
      same.authority.map(({ kind }) => kind),
      ['added'],
    );
    assert.deepEqual(rulesOf(same), []);
  }
  assert.deepEqual(rulesOf(back(wider, past(without))), []);
});

test('a sector under the name of one that is gone inherits its consents only where that is accepted', () => {
  const { supergraph } = check({ ports: ports() }, { sector: 'ports' });
  assert.ok(supergraph);
  const comesIn = (more: Partial<CheckInput>): CheckReport =>
    check({ transport: transport(), ports: ports() }, { published: supergraph, ...more });
  assert.deepEqual(rulesOf(comesIn({})), []);
  const report = comesIn({ lastWithName: 'generation7' });
  const [problem, ...others] = errorsOf(report);
  assert.deepEqual(others, []);
  assert.equal(problem?.rule, 'authority');
  assert.match(
    problem.message,
    /published before \(generation7\).*consents and grants .* open this/,
  );
  const [row] = report.authority.flatMap((change) => wideningOf(change));
  assert.deepEqual(row, {
    coordinate: 'transport (consents and grants)',
    gains: ['agency with consent', 'grant holder'],
  });
  const accepted = comesIn({ lastWithName: 'generation7', isWideningAccepted: true });
  assert.equal(accepted.passed, true);
  // One that is there has them already.
  const there = { published: publishedGraph(), lastWithName: 'generation7' };
  assert.deepEqual(rulesOf(comesIn(there)), []);
});

test('a field above AGENCY that another sector owns from now on is shown to other offices', () => {
  const type = (scope: string): Edits => [
    [
      '"States."',
      `"Held." type Holding @shareable @requiresScopes(scopes: [["credit:${scope}"]]) { "Name." name: String }\n"States."`,
    ],
  ];
  for (const [scope, gains] of [
    ['authorised', ['government on duty']],
    ['special', ['grant holder']],
    ['agency', []],
  ] as const) {
    const before = graphWith([], type(scope));
    const moved = check(
      { transport: transport(...type(scope)), ports: ports() },
      { published: before, operations: [] },
    );
    const rows = moved.authority.map((row) => [row.coordinate, row.kind, row.gains, row.movedTo]);
    const expected = [['Holding.name', 'widened', gains, ['transport']]];
    assert.deepEqual(rows, gains.length > 0 ? expected : [], scope);
    const asked = moved.problems.filter(({ rule }) => rule === 'authority');
    assert.equal(asked.length, gains.length, scope);
  }
});

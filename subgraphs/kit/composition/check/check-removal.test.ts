// Whether a sector may be taken out of the graph: not while others need it, have consented to it, or
// callers ask for it, unless that is accepted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkRemoval, type RemovalInput } from './check-removal.ts';
import {
  check,
  DIRECTORY,
  type Edits,
  errorsOf,
  graphOf,
  KEYED,
  ports,
  REQUIRING,
  rulesOf,
  transport,
} from './test-sector.ts';
import type { CheckReport } from './check-report.ts';

/** Takes `ports` out of a graph in which `transport` stays as it is there. */
function removePorts(
  sectors: Readonly<Record<string, string>>,
  more: Partial<RemovalInput> = {},
): CheckReport {
  const published = check(sectors).supergraph;
  assert.ok(published !== null);
  return checkRemoval({
    sector: 'ports',
    others: graphOf(sectors).filter(({ name }) => name !== 'ports'),
    published,
    earlier: [],
    operations: [],
    usedSince: '2026-01-01',
    isBreakingAccepted: false,
    isWideningAccepted: false,
    directory: DIRECTORY,
    ...more,
  });
}

const PAIR = { transport: transport(), ports: ports() };

test('lets a sector go that nobody needs or asks for, with what callers lose', () => {
  const report = removePorts(PAIR);
  assert.deepEqual(report.problems, []);
  assert.equal(report.passed, true);
  assert.doesNotMatch(report.supergraph ?? '', /PortsPermit/);
  assert.match(report.supergraph ?? '', /TransportPermit/);
  const removed = report.authority.filter(({ kind }) => kind === 'removed');
  assert.ok(removed.some(({ coordinate }) => coordinate === 'Subject.ports'));
  assert.ok(!report.authority.some(({ coordinate }) => coordinate.startsWith('Transport')));
});

test('keeps a sector that recorded operations ask for, or of which nobody knows that', () => {
  const asked = [{ text: '{ portsPermits { totalCount } }', count: 7, lastUsedOn: '2026-02-01' }];
  const [problem] = errorsOf(removePorts(PAIR, { operations: asked }));
  assert.equal(problem?.rule, 'contract');
  assert.match(problem.message, /1 recorded operation with 7 requests use it/);
  assert.match(problem.remedy, /--accept-breaking/);
  assert.equal(removePorts(PAIR, { operations: null }).passed, false);
  const accepted = removePorts(PAIR, { operations: asked, isBreakingAccepted: true });
  assert.equal(accepted.passed, true);
  assert.equal(accepted.problems[0]?.severity, 'warning');
});

test('keeps a sector whose fields another one requires, and names that one', () => {
  const consent = '# check: consent to transport because berths follow from permits';
  const consenting = ports(...KEYED, ['"A permit."', `${consent}\n"A permit."`]);
  const report = removePorts({ transport: transport(...REQUIRING), ports: consenting });
  assert.equal(report.passed, false);
  assert.ok(rulesOf(report).includes('composition'));
  assert.ok(errorsOf(report).some(({ sectors }) => sectors.includes('transport')));
});

test('keeps the sector that finds the subjects', () => {
  const published = check(PAIR).supergraph;
  assert.ok(published !== null);
  const others = graphOf(PAIR).filter(({ name }) => name !== 'registry');
  const [problem] = errorsOf(removePorts(PAIR, { sector: 'registry', others, published }));
  assert.equal(problem?.rule, 'composition');
  assert.match(problem.message, /Without registry no field of Query gives a Subject/);
});

test('asks that a consent to the sector is taken away first, where it stands', () => {
  const consent = '# check: consent to ports because a permit names the berth';
  const giving = transport(['"Its number."', `${consent}\n  "Its number."`]);
  const [problem, ...others] = errorsOf(removePorts({ ...PAIR, transport: giving }));
  assert.deepEqual(others, []);
  assert.equal(problem?.rule, 'consent');
  assert.deepEqual(problem.sectors, ['transport']);
  assert.equal(problem.file, 'transport/schema.graphql');
  assert.ok(problem.line !== null && problem.line > 1);
});

test('refuses that more callers see a shared field without the label of the sector', () => {
  const weight = (scope: string): Edits => [
    [
      '"States."',
      `"Shared." type Weight @shareable @requiresScopes(scopes: [["credit:${scope}"]]) { "Kilograms." kilograms: Int }\n"States."`,
    ],
    ['"Its fee."', '"Its weight."\n  weight: Weight\n  "Its fee."'],
  ];
  const sectors = { transport: transport(...weight('public')), ports: ports(...weight('agency')) };
  const refused = errorsOf(removePorts(sectors));
  assert.deepEqual([...new Set(refused.map(({ rule }) => rule))], ['authority']);
  assert.ok(refused.some(({ coordinate }) => coordinate === 'Weight.kilograms'));
  assert.equal(removePorts(sectors, { isWideningAccepted: true }).passed, true);
});

test('refuses that more callers see a field of another sector alone, whose values had their label here', () => {
  const states = (label: string): Edits => [
    ['"States."', `"Grades." enum Grade ${label} { "Best." A }\n"States."`],
    ['"Its fee."', '"Its grade."\n  grade: Grade\n  "Its fee."'],
  ];
  const label = '@requiresScopes(scopes: [["credit:agency"]])';
  const sectors = { transport: transport(...states('')), ports: ports(...states(label)) };
  const refused = errorsOf(removePorts(sectors));
  assert.deepEqual(
    refused.map(({ rule, coordinate }) => `${rule} ${coordinate}`),
    ['authority TransportPermit.grade', 'authority Grade'],
  );
});

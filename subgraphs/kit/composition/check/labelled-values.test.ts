// A label on an enumeration covers fields of other sectors, and arguments, which no field tells of: that it
// is taken away is a widening all the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, errorsOf, ports, rulesOf, transport, type Edits } from './test-sector.ts';

test('refuses that more callers see a field of another sector, whose values have their label here', () => {
  const grades = (label = '', waiver = ''): Edits => [
    ['"States."', `${waiver}"Grades."\nenum Grade${label} { "Best." A }\n"States."`],
    ['"Its fee."', '"Its grade."\n  grade: Grade\n  "Its fee."'],
  ];
  const labelled = grades(
    ' @requiresScopes(scopes: [["credit:agency"]])',
    '# check: waive label because no resolver of the kit reads it\n',
  );
  const others = { ports: ports(...grades()) };
  const before = check({ transport: transport(...labelled), ...others });
  assert.deepEqual(rulesOf(before), []);
  const widened = (areOthersPublished: boolean): readonly string[] =>
    errorsOf(
      check(
        { transport: transport(...grades()), ...others },
        { published: before.supergraph, operations: [], areOthersPublished },
      ),
    ).map(({ rule, coordinate }) => `${rule} ${coordinate}`);
  const own = ['authority TransportPermit.grade', 'authority Grade'];
  assert.deepEqual(widened(true), ['authority PortsPermit.grade', ...own]);
  // What the others have yet to publish is not held against this one.
  assert.deepEqual(widened(false), own);
});

test('refuses that more callers may write a value that had a label, though no field returns it', () => {
  const order = (label = '', waiver = ''): Edits => [
    [
      '"States."',
      `${waiver}"Orders."\nenum TransportFeeOrder${label} { "Dearest first." FEE }\n"States."`,
    ],
    [
      '"Permits."\n  permits(',
      '"Permits."\n  permits("Which first." order: TransportFeeOrder "Size." first: Int! = 20 "Place." after: String): TransportPermitConnection\n  "More."\n  more(',
    ],
  ];
  const labelled = order(
    ' @requiresScopes(scopes: [["credit:agency"]])',
    '# check: waive label because no resolver of the kit reads it\n',
  );
  const before = check({ transport: transport(...labelled), ports: ports() });
  assert.deepEqual(rulesOf(before), []);
  const [problem, ...more] = errorsOf(
    check(
      { transport: transport(...order()), ports: ports() },
      { published: before.supergraph, operations: [] },
    ),
  );
  assert.deepEqual(more, []);
  assert.equal(problem?.coordinate, 'TransportFeeOrder');
  assert.match(
    problem.message,
    /TransportFeeOrder is shown to more callers: anonymous, registered/,
  );
});

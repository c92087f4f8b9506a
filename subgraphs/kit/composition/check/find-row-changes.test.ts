// What a sector says of its rows against what is on record: classes lowered and raised, clocks longer
// and shorter, and what a new name does not hide.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRowChanges } from './find-row-changes.ts';
import type { ClockEntry, RowDisclosure } from './row-disclosure.ts';
import { check, ports, publishedGraph, transport } from './test-sector.ts';
import type { CheckReport } from './check-report.ts';

const years = (count: number, start = 'DECIDED'): ClockEntry['display'] => ({
  start,
  length: { years: count },
});
const entry = (inForce: string, display: ClockEntry['display']): ClockEntry => ({
  inForce,
  display,
  query: years(5),
  deletion: years(10),
});

const BEFORE: RowDisclosure = {
  types: {
    TransportPermit: { class: 'AGENCY', classOutsideDisplay: 'GOVERNMENT' },
    TransportRating: { class: 'PUBLIC', classOutsideDisplay: null },
  },
  clocks: { PERMITS: [entry('2020-01-01', years(2)), entry('2025-01-01', years(1))] },
};

function changes(now: Partial<RowDisclosure>, last = BEFORE, known = BEFORE): readonly string[] {
  return findRowChanges('transport', { last, known }, { ...BEFORE, ...now }).map(
    ({ coordinate, kind, gains, loses }) =>
      `${coordinate} ${kind} +${gains.join()} -${loses.join()}`,
  );
}

const typed = (
  type: string,
  row: RowDisclosure['types'][string],
): Pick<RowDisclosure, 'types'> => ({ types: { ...BEFORE.types, [type]: row } });

test('finds a class of rows that is lowered or raised, and who sees more or less by it', () => {
  assert.deepEqual(changes({}), []);
  assert.deepEqual(
    changes(typed('TransportPermit', { class: 'PUBLIC', classOutsideDisplay: 'GOVERNMENT' })),
    ['TransportPermit (rows) widened +anonymous,registered,grant holder -'],
  );
  assert.deepEqual(
    changes(typed('TransportRating', { class: 'REGISTERED', classOutsideDisplay: null })),
    ['TransportRating (rows) narrowed + -anonymous'],
  );
  assert.deepEqual(
    changes(typed('TransportPermit', { class: 'AGENCY', classOutsideDisplay: null })),
    ['TransportPermit (rows not displayed) widened +agency with consent -'],
  );
  // AUTHORISED is what holds without a word: to say so changes nothing.
  assert.deepEqual(
    changes(typed('TransportRating', { class: 'PUBLIC', classOutsideDisplay: 'REGISTERED' })),
    [],
  );
});

test('tells of rows that are new who sees them, and of all rows of a sector that is', () => {
  const row = { class: 'GOVERNMENT', classOutsideDisplay: null } as const;
  const rows = [
    'TransportNew (rows) added +government on duty,enterprise itself,auditor -',
    'TransportNew (rows not displayed) added +agency with consent,government on duty,enterprise itself,auditor -',
  ];
  assert.deepEqual(changes(typed('TransportNew', row)), rows);
  const first = findRowChanges('transport', null, BEFORE).map(
    ({ coordinate, kind, rows: change }) => [coordinate, kind, change?.before, change?.after],
  );
  assert.deepEqual(first, [
    ['TransportPermit (rows)', 'added', null, 'AGENCY'],
    ['TransportPermit (rows not displayed)', 'added', null, 'GOVERNMENT'],
    ['TransportRating (rows)', 'added', null, 'PUBLIC'],
    ['TransportRating (rows not displayed)', 'added', null, 'AUTHORISED'],
    ['PERMITS (display clock)', 'added', null, '1 years from DECIDED'],
    ['PERMITS (query clock)', 'added', null, '5 years from DECIDED'],
    ['PERMITS (deletion clock)', 'added', null, '10 years from DECIDED'],
  ]);
});

test('a check of a sector that is new says what its rows open, and asks for nothing', () => {
  const { supergraph } = check({ ports: ports() }, { sector: 'ports' });
  assert.ok(supergraph);
  const report = check(
    { transport: transport(), ports: ports() },
    { published: supergraph, rows: { now: BEFORE, published: null } },
  );
  assert.deepEqual([report.passed, report.unknown], [true, []]);
  const [rows] = report.authority.filter(({ coordinate }) => coordinate.endsWith('(rows)'));
  assert.equal(rows?.coordinate, 'TransportPermit (rows)');
});

test('finds clocks that run longer under any of the rules, or from another event', () => {
  const clocks = (...table: ClockEntry[]): Pick<RowDisclosure, 'clocks'> => ({
    clocks: { PERMITS: table },
  });
  const widened = [
    'PERMITS (display clock) widened +anonymous,registered,agency,government elsewhere,grant holder -',
  ];
  const narrowed = [
    'PERMITS (display clock) narrowed + -anonymous,registered,agency,government elsewhere,grant holder',
  ];
  const [old, now] = BEFORE.clocks['PERMITS'] ?? [];
  assert.ok(old && now);
  assert.deepEqual(changes(clocks(old, entry('2025-01-01', years(3)))), widened);
  assert.deepEqual(
    changes(clocks(old, entry('2025-01-01', { start: 'DECIDED', length: { months: 6 } }))),
    narrowed,
  );
  assert.deepEqual(changes(clocks(old, entry('2025-01-01', years(1, 'LISTED')))), widened);
  assert.deepEqual(
    changes(clocks(old, entry('2025-01-01', { start: 'DECIDED', length: 'open' }))),
    widened,
  );
  // The new rules come later, and the old ones, which are longer, hold on until then.
  assert.deepEqual(changes(clocks(old, entry('2026-01-01', years(1)))), widened);
  assert.deepEqual(changes(clocks(old, now, entry('2027-01-01', years(1)))), []);
  assert.deepEqual(changes(clocks(old, { ...now, deletion: years(11) })), [
    'PERMITS (deletion clock) widened +enterprise itself,auditor -',
  ]);
});

test('holds a table of clocks under a new name against those that are gone, and types against all', () => {
  const renamed = { clocks: { OTHERS: [entry('2020-01-01', years(3))] } };
  assert.match(changes(renamed)[0] ?? '', /^OTHERS \(display clock\) widened/);
  const beside = (display: ClockEntry['display']): Pick<RowDisclosure, 'clocks'> => ({
    clocks: { ...BEFORE.clocks, OTHERS: [entry('2020-01-01', display)] },
  });
  // No type is new that it could be for: records that are there will run by it.
  const [longer, ...others] = findRowChanges(
    'transport',
    { last: BEFORE, known: BEFORE },
    { ...BEFORE, ...beside(years(3)) },
  );
  assert.deepEqual(others, []);
  assert.equal(longer?.kind, 'widened');
  assert.equal(
    longer.rows?.before,
    '1 years from DECIDED (by PERMITS, rules in force on 2025-01-01)',
  );
  const kinds = (now: Partial<RowDisclosure>): readonly string[] =>
    findRowChanges('transport', { last: BEFORE, known: BEFORE }, { ...BEFORE, ...now }).map(
      ({ kind }) => kind,
    );
  assert.deepEqual(kinds(beside(years(1))), ['added', 'added', 'added']);
  const row = { class: 'PUBLIC', classOutsideDisplay: null } as const;
  assert.ok(!kinds({ ...typed('TransportNew', row), ...beside(years(3)) }).includes('widened'));
  const without = { types: {}, clocks: BEFORE.clocks };
  const back = typed('TransportPermit', { class: 'PUBLIC', classOutsideDisplay: 'GOVERNMENT' });
  assert.match(changes(back, without)[0] ?? '', /^TransportPermit \(rows\) widened/);
});

test('takes clocks that went elsewhere for longer ones, and lets them go with their type', () => {
  assert.deepEqual(changes({ clocks: {} }), [
    'PERMITS (display clock) widened +anonymous,registered,agency,government elsewhere,grant holder -',
    'PERMITS (query clock) widened +agency with consent,government on duty -',
    'PERMITS (deletion clock) widened +enterprise itself,auditor -',
  ]);
  const { TransportRating } = BEFORE.types;
  assert.ok(TransportRating);
  assert.deepEqual(changes({ types: { TransportRating }, clocks: {} }), []);
});

function checked(published: RowDisclosure | null, isWideningAccepted = false): CheckReport {
  const now = {
    ...BEFORE,
    ...typed('TransportPermit', { class: 'PUBLIC', classOutsideDisplay: 'GOVERNMENT' }),
  };
  return check(
    { transport: transport(), ports: ports() },
    {
      published: publishedGraph(),
      isWideningAccepted,
      rows: { now, published: published && { last: published, known: published } },
    },
  );
}

test('a check refuses rows of a lower class until that is accepted, naming the file', () => {
  const [problem, ...others] = checked(BEFORE).problems;
  assert.deepEqual(others, []);
  assert.equal(problem?.rule, 'authority');
  assert.equal(problem.severity, 'error');
  assert.match(problem.file ?? '', /transport\/records\.ts$/);
  assert.match(
    problem.message,
    /^The class of rows of TransportPermit was AGENCY and is PUBLIC: .*anonymous, registered/,
  );
  assert.match(problem.remedy, /--accept-widening/);
  const accepted = checked(BEFORE, true);
  assert.equal(accepted.passed, true);
  assert.equal(accepted.authority.length, 1);
});

test('a check says so where nothing is on record to compare rows with', () => {
  const { passed, authority, unknown } = checked(null);
  assert.equal(passed, true);
  assert.deepEqual(authority, []);
  assert.match(unknown[0] ?? '', /compared with nothing/);
  assert.deepEqual(checked(BEFORE).unknown, []);
});

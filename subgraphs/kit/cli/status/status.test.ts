// What is said of the state of a sector, and what of it needs attention: each rule alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAttention } from './find-attention.ts';
import type { OpenDatabaseState, SectorState } from './sector-state.ts';
import { writeStatus } from './write-status.ts';

const OPEN: OpenDatabaseState = {
  kind: 'open',
  migrationsPending: [],
  migrationsUnknown: [],
  readersCurrent: true,
  records: [
    { type: 'TaxPenalty', current: 5, versions: 7, isEstimate: false },
    { type: 'TaxCreditRating', current: 10, versions: 10, isEstimate: false },
  ],
  imports: [
    {
      ...{ format: 'penalties', fileName: 'p.csv', at: '2026-03-01T08:00:00.000Z' },
      ...{ read: 6, inserted: 5, changed: 0, unchanged: 0, rejected: 1 },
    },
    {
      ...{ format: 'ratings', fileName: 'r.csv', at: '2026-03-02T08:00:00.000Z' },
      ...{ read: 10, inserted: 10, changed: 0, unchanged: 0, rejected: 0 },
    },
  ],
  batchesWithdrawn: 1,
  display: {
    ended: 2,
    endedFirstOn: '2026-01-31',
    nextEndsOn: '2026-04-30',
    deletionDue: 0,
    isEstimate: false,
  },
};
const ADDRESS = 'http://127.0.0.1:4002/graphql';
const WELL: SectorState = {
  sector: 'tax',
  schema: { workingTree: 'a'.repeat(64), published: 'a'.repeat(64) },
  subgraph: { kind: 'running', address: ADDRESS, isReady: true, servesWorkingTree: true },
  database: OPEN,
};

const CASES: readonly (readonly [fact: string, state: Partial<SectorState>, message: RegExp])[] = [
  ['a database that is not there', { database: { kind: 'missing' } }, /database is not there/],
  [
    'a database that is out of reach',
    { database: { kind: 'unreachable', reason: 'refused' } },
    /out of reach: refused/,
  ],
  [
    'a migration that waits, and not the readers that wait for it',
    { database: { ...OPEN, migrationsPending: ['2_x'], readersCurrent: false } },
    /^migrations wait: 2_x$/,
  ],
  [
    'a migration that nobody has',
    { database: { ...OPEN, migrationsUnknown: ['3_y'] } },
    /not in the folder: 3_y/,
  ],
  ['readers that are not current', { database: { ...OPEN, readersCurrent: false } }, /readers/],
  [
    'a process that is not ready',
    { subgraph: { kind: 'running', address: ADDRESS, isReady: false, servesWorkingTree: true } },
    /not ready/,
  ],
  [
    'a process with another schema',
    { subgraph: { kind: 'running', address: ADDRESS, isReady: true, servesWorkingTree: false } },
    /another schema/,
  ],
  [
    'a schema that is not the published one',
    { schema: { ...WELL.schema, published: 'b' } },
    /published one/,
  ],
  [
    'a schema that was never published',
    { schema: { ...WELL.schema, published: null } },
    /not in the published graph/,
  ],
];

for (const [fact, change, message] of CASES) {
  test(`says that ${fact} needs attention, with a remedy`, () => {
    const found = findAttention({ ...WELL, ...change });
    assert.equal(found.length, 1, JSON.stringify(found));
    assert.match(found[0]?.message ?? '', message);
    assert.ok(found[0]?.remedy);
  });
}

test('has nothing to say of a sector that is well, whether or not its process runs', () => {
  assert.deepEqual(findAttention(WELL), []);
  const stopped = { ...WELL, subgraph: { kind: 'not running', address: ADDRESS } } as const;
  assert.deepEqual(findAttention(stopped), []);
});

test('writes a row for each sector, and what needs attention below', () => {
  const courts: SectorState = { ...WELL, sector: 'courts', database: { kind: 'missing' } };
  const states = [WELL, courts];
  const form = { details: false, colours: false };
  assert.equal(
    writeStatus(states, states.flatMap(findAttention), form),
    `sector  schema    process  records    last import       next display end
tax     aaaaaaaa  ready    15         2026-03-02 08:00  2026-04-30        well
courts  aaaaaaaa  ready    not there                                      attention

What needs attention:
  courts: its database is not there
      npm start, or npm run sector -- migrate courts
`,
  );
});

test('writes of one sector its record types and the last file of each format', () => {
  assert.equal(
    writeStatus([WELL], [], { details: true, colours: false }),
    `tax: well
  schema       aaaaaaaa, published
  process      ready at ${ADDRESS}, this schema
  database     up to date, readers current
  records      15 current, 17 versions
               TaxPenalty: 5 current, 7 versions
               TaxCreditRating: 10 current, 10 versions
  last import  2026-03-02T08:00:00.000Z r.csv (ratings): 10 new, 0 changed, 0 unchanged, 0 refused
               2026-03-01T08:00:00.000Z p.csv (penalties): 5 new, 0 changed, 0 unchanged, 1 refused
  withdrawn    1 of its batches
  display      next ends 2026-04-30; 2 have ended, the first on 2026-01-31

Nothing needs attention.
`,
  );
});

test('says of what is estimated that it is', () => {
  const records = OPEN.records.map((one) => ({ ...one, isEstimate: one.type === 'TaxPenalty' }));
  const display = { ...OPEN.display, endedFirstOn: null, isEstimate: true };
  const state: SectorState = { ...WELL, database: { ...OPEN, records, display } };
  const text = writeStatus([state], [], { details: true, colours: false });
  assert.match(text, /TaxPenalty: about 5 current, about 7 versions/);
  assert.match(text, /TaxCreditRating: 10 current, 10 versions/);
  assert.match(text, /next ends about 2026-04-30; about 2 have ended\n/);
  const row = writeStatus([state], [], { details: false, colours: false });
  assert.match(row, /about 15 .* about 2026-04-30/);
});

test('colours only where it is told to', () => {
  const coloured = writeStatus([WELL], [], { details: false, colours: true });
  assert.ok(coloured.includes('\u001b['));
});

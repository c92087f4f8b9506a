// The count of a request's reads, over a reader whose answers the test gives one by one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueryResult } from 'pg';
import { PUBLIC_AUTHORITY, type Authority } from '../authority/policy.ts';
import type { Reader } from './pool.ts';
import { readersOver } from './readers.ts';
import { trackReads } from './request-reads.ts';

interface HeldReader extends Reader {
  readonly texts: string[];
  answer(): void;
  fail(): void;
}

function hold(): HeldReader {
  const waiting: { resolve: (value: never) => void; reject: (error: Error) => void }[] = [];
  const texts: string[] = [];
  return {
    texts,
    query: ({ text }) => {
      texts.push(text);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    answer: () => waiting.shift()?.resolve({ rows: [] } as never),
    fail: () => waiting.shift()?.reject(new Error('broken')),
  };
}

const read = (reader: Reader): Promise<QueryResult> => reader.query({ text: 'a read' });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('waits for reads that follow from reads', async () => {
  const pool = hold();
  const reads = trackReads(readersOver(pool));
  const reader = reads.through(PUBLIC_AUTHORITY);
  const chain = (async () => {
    await read(reader);
    await new Promise((resolve) => {
      process.nextTick(resolve);
    });
    await read(reader).catch(() => undefined);
  })();
  let told: boolean | undefined;
  const complete = reads.isComplete().then((value) => (told = value));
  pool.answer();
  for (let turns = 0; turns < 5; turns += 1) await turn();
  assert.equal(pool.texts.length, 2);
  assert.equal(told, undefined);
  pool.fail();
  await Promise.all([chain, complete]);
  assert.equal(told, false);
});

test('asks the database itself where nothing was read', async () => {
  const pool = hold();
  const complete = trackReads(readersOver(pool)).isComplete();
  await turn();
  await turn();
  assert.deepEqual(pool.texts, ['select 1']);
  pool.answer();
  assert.equal(await complete, true);
});

test('tells all who ask the same, with one question', async () => {
  const pool = hold();
  const reads = trackReads(readersOver(pool));
  const all = Promise.all([reads.isComplete(), reads.isComplete()]);
  await turn();
  await turn();
  pool.fail();
  assert.deepEqual(await all, [false, false]);
  assert.equal(pool.texts.length, 1);
});

test('leaves an error to the one who reads', async () => {
  const pool = hold();
  const reader = trackReads(readersOver(pool)).through(PUBLIC_AUTHORITY);
  const reading = read(reader);
  pool.fail();
  await assert.rejects(reading, /broken/);
});

test('counts the reads of all readers, each taken by the class that an authority reaches', async () => {
  const [forPublic, forAgency] = [hold(), hold()];
  const names: string[] = [];
  const reads = trackReads({
    of: (name) => {
      names.push(name);
      return name === 'PUBLIC' ? forPublic : forAgency;
    },
    close: () => Promise.resolve(),
  });
  const agency: Authority = { ...PUBLIC_AUTHORITY, classes: ['PUBLIC', 'REGISTERED', 'AGENCY'] };
  const subject: Authority = { ...agency, closedRecords: true };
  const granted: Authority = { ...agency, specialFields: new Set(['A.b']) };
  const reading = [PUBLIC_AUTHORITY, agency, subject, granted, agency].map((authority) =>
    read(reads.through(authority)).catch(() => undefined),
  );
  assert.deepEqual(names, ['PUBLIC', 'AGENCY', 'SUBJECT', 'SPECIAL']);
  const complete = reads.isComplete();
  forPublic.answer();
  for (let answers = 0; answers < 3; answers += 1) forAgency.answer();
  forAgency.fail();
  await Promise.all(reading);
  assert.equal(await complete, false);
});

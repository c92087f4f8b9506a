import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RecordTable } from '../database/record-table.ts';
import type { RecordDraft } from './record-file.ts';
import { rowStager, stagedColumnsOf } from './staged-row.ts';

const TABLE: RecordTable = {
  type: 'TestRecord',
  table: 'records',
  class: 'PUBLIC',
  key: ['number', 'year'],
  columns: {
    number: { sql: 'number', kind: 'text' },
    year: { sql: 'year', kind: 'integer' },
    note: { sql: 'note', kind: 'text' },
  },
};

const CLOCK = { start: 'DECIDED', from: '2024-01-05', until: null } as const;

const DRAFT: RecordDraft = {
  subjectCode: '91990101MA7K3P2Q8J',
  values: { number: 'a', year: 2024, note: 'b' },
  source: { publisher: '某局' },
  clocks: { display: CLOCK, query: CLOCK, deletion: CLOCK },
  sortDate: '2024-01-05',
};

/** The staged cells by their column. */
function staged(
  part: Partial<RecordDraft> = {},
  table = TABLE,
  retrievedAt = '2026-01-01T00:00:00.000Z',
): Readonly<Record<string, string | undefined>> {
  const row = rowStager(table, retrievedAt)({ ...DRAFT, ...part }, 7);
  assert.ok('copy' in row, JSON.stringify(row));
  const [line, ...cells] = row.copy.split('\t');
  assert.equal(line, '7');
  const columns = stagedColumnsOf(table);
  assert.equal(cells.length, columns.length);
  return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
}

describe('a staged record', () => {
  test('is the same record for the same type, subject and key only', () => {
    const { record_id: id } = staged();
    assert.match(id ?? '', /^[0-9a-f]{26}$/);
    assert.equal(
      staged({ values: { ...DRAFT.values, note: 'c' }, sortDate: '2025-01-01' })['record_id'],
      id,
    );
    for (const other of [
      staged({ subjectCode: '91990101MA00003300' }),
      staged({ values: { ...DRAFT.values, year: 2023 } }),
      staged({ values: { number: 'a2024' } }),
      staged({}, { ...TABLE, type: 'Other' }),
    ]) {
      assert.notEqual(other['record_id'], id);
    }
  });

  test('is known by a document number that is part of its provenance', () => {
    const table = { ...TABLE, key: ['documentNumber'] };
    const source = (documentNumber: string): Partial<RecordDraft> => ({
      source: { publisher: '某局', documentNumber },
    });
    assert.notEqual(
      staged(source('1'), table)['record_id'],
      staged(source('2'), table)['record_id'],
    );
    assert.deepEqual(rowStager(table, '')(DRAFT, 1), {
      field: 'documentNumber',
      reason: 'is empty, and without it the record cannot be told from others',
    });
  });

  test('changes with everything the file says, and not with the day it was fetched', () => {
    const { content_hash: hash } = staged();
    assert.match(hash ?? '', /^[0-9a-f]{32}$/);
    assert.equal(staged({}, TABLE, '2026-02-02T00:00:00.000Z')['content_hash'], hash);
    assert.equal(
      staged({ source: { publisher: '某局', retrievedAt: '2026-02-02T00:00:00Z' } })[
        'content_hash'
      ],
      hash,
    );
    const until = { ...CLOCK, until: '2027-01-05' };
    for (const other of [
      staged({ values: { ...DRAFT.values, note: undefined } }),
      staged({ source: { publisher: '另局' } }),
      staged({ source: { publisher: '某局', publishedOn: '2024-01-06' } }),
      staged({ clocks: { ...DRAFT.clocks, deletion: until } }),
      staged({ disclosureClass: 'AGENCY' }),
      staged({ state: 'REPAIRED' }),
      staged({ dispute: 'UNDER_REVIEW' }),
      staged({ sortDate: '2024-01-06' }),
    ]) {
      assert.notEqual(other['content_hash'], hash);
    }
  });

  test('does not change because its table gained a column that it leaves empty', () => {
    const columns = { ...TABLE.columns, added: { sql: 'added', kind: 'money' } } as const;
    const wider = { ...TABLE, columns };
    assert.equal(staged({}, wider)['content_hash'], staged()['content_hash']);
    const values = { ...DRAFT.values, added: { minorUnits: 5, currency: 'CNY' } };
    assert.notEqual(staged({ values }, wider)['content_hash'], staged()['content_hash']);
  });

  test('keeps a clock to "no end" open, and escapes what COPY reads as its own', () => {
    const clocks = { ...DRAFT.clocks, display: { ...CLOCK, until: 'OPEN' } };
    assert.equal(staged({ clocks })['display_until'], '\\N');
    const note = 'a\\b\tc\nd\re';
    assert.equal(staged({ values: { ...DRAFT.values, note } })['note'], 'a\\\\b\\tc\\nd\\re');
    assert.equal(staged({ values: { ...DRAFT.values, note: '\\N' } })['note'], '\\\\N');
  });

  test('is refused with the field at fault', () => {
    const stage = rowStager(TABLE, '2026-01-01T00:00:00.000Z');
    for (const [part, field] of [
      [{ subjectCode: '123' }, 'subjectCode'],
      [{ sortDate: '2024-1-5' }, 'sortDate'],
      [{ source: { publisher: 'a', decidedOn: 'OPEN' } }, 'decidedOn'],
      [{ source: { publisher: 'a', retrievedAt: 'today' } }, 'retrievedAt'],
      [{ clocks: { ...DRAFT.clocks, query: { ...CLOCK, from: 'x' } } }, 'query'],
      [{ values: { ...DRAFT.values, note: 5 } }, 'note'],
      [{ values: { ...DRAFT.values, other: 5 } }, 'other'],
    ] as const) {
      const fault = stage({ ...DRAFT, ...part }, 1);
      assert.ok('field' in fault);
      assert.equal(fault.field, field);
    }
  });
});

// A sector as a test needs it: one table with every kind of column, and two formats.
import knex from 'knex';
import {
  addMoney,
  createBatchesTable,
  createRecordTable,
  createWithdrawalsTable,
} from '../../database/record-migration.ts';
import { openPool, type Pool } from '../../database/pool.ts';
import type { RecordTable } from '../../database/record-table.ts';
import { createTestDatabase } from '../../database/test-database.ts';
import { column } from '../column.ts';
import type { ImportableSector } from '../import-file.ts';
import { recordFile, type RecordFile } from '../record-file.ts';

/** The table of the tests. */
export const PENALTIES: RecordTable = {
  type: 'TestPenalty',
  table: 'penalties',
  class: 'PUBLIC',
  key: ['documentNumber'],
  columns: {
    documentNumber: { sql: 'penalty_number', kind: 'text' },
    facts: { sql: 'facts', kind: 'text' },
    grade: { sql: 'grade', kind: 'text' },
    fine: { sql: 'fine', kind: 'money' },
    score: { sql: 'score', kind: 'decimal' },
    count: { sql: 'invoice_count', kind: 'integer' },
    appealed: { sql: 'appealed', kind: 'boolean' },
    validUntil: { sql: 'valid_until', kind: 'date' },
    details: { sql: 'details', kind: 'json' },
  },
};

/** The format of most tests. */
export const PENALTY_FILE: RecordFile = recordFile({
  name: 'penalties',
  table: PENALTIES,
  columns: {
    code: column.code(['统一社会信用代码', 'uscc'], { required: true }),
    number: column.text(['行政处罚决定书文号', 'documentNumber'], { required: true, max: 100 }),
    facts: column.text(['违法事实', 'facts'], { max: 300 }),
    grade: column.choice(['等级', 'grade'], { A级: 'A', A: 'A', B级: 'B', B: 'B', 无: 'NONE' }),
    fine: column.money(['罚款金额', 'fine'], { unit: 'yuan' }),
    score: column.decimal(['得分', 'score'], { min: 0, max: 100 }),
    count: column.integer(['发票份数', 'count']),
    appealed: column.boolean(['是否复议', 'appealed']),
    decidedOn: column.date(['处罚决定日期', 'decidedOn'], { required: true }),
    validUntil: column.date(['有效期至', 'validUntil']),
    details: column.json(['明细', 'details']),
    retrievedAt: column.instant(['采集时间', 'retrievedAt']),
  },
  draft: (cells, reject) => {
    if (cells.decidedOn > '2026-12-31') reject('decidedOn', 'lies in the future');
    if (cells.facts === 'throw') throw new Error(`a defect that quotes ${cells.number}`);
    const until = cells.validUntil === 'OPEN' ? null : (cells.validUntil ?? null);
    const clock = { start: 'DECIDED', from: cells.decidedOn, until } as const;
    return {
      ...(cells.facts === 'repaired' && { state: 'REPAIRED' as const }),
      subjectCode: cells.code,
      values: {
        documentNumber: cells.number,
        facts: cells.facts,
        grade: cells.grade,
        fine: cells.fine,
        score: cells.score,
        count: cells.count,
        appealed: cells.appealed,
        validUntil: until,
        details: cells.details,
      },
      source: {
        publisher: '测试局',
        documentNumber: cells.number,
        decidedOn: cells.decidedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: { display: clock, query: clock, deletion: clock },
      sortDate: cells.decidedOn,
    };
  },
});

/** The sector of most tests. */
export const PENALTY_SECTOR: ImportableSector = { name: 'test', files: [PENALTY_FILE] };

/** A database with the tables of the sector. */
export interface PenaltyDatabase {
  readonly pool: Pool;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Creates the tables of the sector in a database. */
export async function createPenaltyTables(url: string): Promise<void> {
  const builder = knex({ client: 'pg', connection: url });
  try {
    await createBatchesTable(builder);
    await createWithdrawalsTable(builder);
    await createRecordTable(builder, 'penalties', (table) => {
      table.text('penalty_number').notNullable();
      table.text('facts');
      table.text('grade');
      addMoney(table, 'fine');
      table.decimal('score', 6, 2);
      table.integer('invoice_count');
      table.boolean('appealed');
      table.date('valid_until');
      table.jsonb('details');
    });
  } finally {
    await builder.destroy();
  }
}

/** Creates the database of a test file. */
export async function createPenaltyDatabase(): Promise<PenaltyDatabase> {
  const database = await createTestDatabase('ingestion');
  await createPenaltyTables(database.url);
  const pool = openPool(database.url, {
    name: 'ingestion-test',
    readOnly: false,
    onIdleError: () => undefined,
  });
  return {
    pool,
    url: database.url,
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}

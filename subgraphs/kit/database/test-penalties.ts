// Rows of a real table for tests of what is read of them: penalties, inserted one version at a time.
import { join } from 'node:path';
import { penalties as table } from '../../tax/records.ts';
import { readFieldClasses, type FieldClasses } from '../authority/labels.ts';
import { anonymousViewer, type Viewer } from '../authority/viewer.ts';
import { readSectorSchema } from '../composition/sector-schema.ts';
import type { PageRequest } from './page-request.ts';
import { openPool, type Pool, type Reader } from './pool.ts';
import { createRecordLoader, type RecordLoader } from './record-loader.ts';
import { createTestDatabase } from './test-database.ts';
import { A, B, insertTaxRow, TODAY } from './test-tax-rows.ts';

export { A, B, TODAY };

const tax = join(import.meta.dirname, '../../tax');

/** Classes of the fields of the table's sector. */
export const classes = readFieldClasses(readSectorSchema(join(tax, 'schema.graphql')));

/** Whoever asks without a credential. */
export const viewer = anonymousViewer(TODAY);

/** The table with a way to fill it and to read it. */
export interface TestPenalties {
  readonly pool: Pool;
  /** Inserts a version of a penalty that anyone may see, but for what a test says. */
  readonly insert: (row?: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly loader: (of?: FieldClasses, reader?: Reader, who?: Viewer) => RecordLoader;
  readonly close: () => Promise<void>;
}

/** Opens the table in a database of its own. */
export async function openTestPenalties(): Promise<TestPenalties> {
  const database = await createTestDatabase('loader', join(tax, 'migrations'));
  const pool = openPool(database.url, {
    name: 'test',
    readOnly: false,
    onIdleError: () => undefined,
  });
  return {
    pool,
    insert: (row = {}) => insertTaxRow(pool, table.table, A, 'r1', row),
    loader: (of = classes, reader = pool, who = viewer) =>
      createRecordLoader({ reads: { through: () => reader }, classes: of, viewer: who }),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}

/** Makes the request of a page of ten with its total, but for what a test says. */
export const request = (more: Partial<PageRequest> = {}): PageRequest => ({
  first: 10,
  filters: {},
  total: true,
  ...more,
});

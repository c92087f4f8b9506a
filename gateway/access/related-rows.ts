// Rows that belong to other rows, read for all items of a page at once.
import DataLoader from 'dataloader';
import type { Statement } from '../../subgraphs/kit/database/statement.ts';
import type { Run } from './access-database.ts';
import {
  columnsOf,
  type ApplicationRow,
  type GrantRow,
  type ItemKey,
  type MoveRow,
  type ReviewRow,
} from './rows.ts';
import { statementOf } from './statements.ts';

/** Readers of what belongs to an item. They live as long as one field of the root. */
export interface RelatedRows {
  /** Moves of any item, first to last. */
  readonly moves: (item: ItemKey) => Promise<readonly MoveRow[]>;
  /** Reviews of an application, first to last. */
  readonly reviews: (application: ItemKey) => Promise<readonly ReviewRow[]>;
  readonly grantOf: (application: ItemKey) => Promise<GrantRow | null>;
  readonly application: (key: ItemKey) => Promise<ApplicationRow | null>;
}

const KEYS = 'unnest(:codes::text[], :ids::text[]) as k(code, id)';
const MOVES = statementOf(
  `select ${columnsOf('moves', 'm')} from ${KEYS} join access_moves as m
   on m.subject_code = k.code and m.item_id = k.id order by m.version`,
);
const REVIEWS = statementOf(
  `select ${columnsOf('reviews', 'r')} from ${KEYS} join access_reviews as r
   on r.subject_code = k.code and r.application_id = k.id order by r.place`,
);
const GRANTS = statementOf(
  `select ${columnsOf('grants', 'g')} from ${KEYS} join access_grants as g
   on g.subject_code = k.code and g.application_id = k.id`,
);
const APPLICATIONS = statementOf(
  `select ${columnsOf('applications', 'a')} from ${KEYS} join access_applications as a
   on a.subject_code = k.code and a.id = k.id`,
);

/** Makes the readers of one field of the root. */
export function relatedRows(run: Run): RelatedRows {
  const moves = loaderOf<MoveRow>(run, MOVES, (row) => [row.subject_code, row.item_id]);
  const reviews = loaderOf<ReviewRow>(run, REVIEWS, (row) => [
    row.subject_code,
    row.application_id,
  ]);
  const grants = loaderOf<GrantRow>(run, GRANTS, (row) => [row.subject_code, row.application_id]);
  const applications = loaderOf<ApplicationRow>(run, APPLICATIONS, (row) => [
    row.subject_code,
    row.id,
  ]);
  return {
    moves: (item) => moves.load(item),
    reviews: (application) => reviews.load(application),
    grantOf: async (application) => (await grants.load(application))[0] ?? null,
    application: async (key) => (await applications.load(key))[0] ?? null,
  };
}

function loaderOf<Row extends object>(
  run: Run,
  statement: Statement,
  keyOf: (row: Row) => readonly [string, string],
): DataLoader<ItemKey, readonly Row[], string> {
  return new DataLoader<ItemKey, readonly Row[], string>(
    async (items) => {
      const rows = await run<Row>(statement, {
        codes: items.map((item) => item.subject_code),
        ids: items.map((item) => item.id),
      });
      const byItem = new Map<string, Row[]>();
      for (const row of rows) {
        const key = keyOf(row).join(' ');
        const list = byItem.get(key);
        if (list) list.push(row);
        else byItem.set(key, [row]);
      }
      return items.map((item) => byItem.get(`${item.subject_code} ${item.id}`) ?? []);
    },
    { cacheKeyFn: (item) => `${item.subject_code} ${item.id}` },
  );
}

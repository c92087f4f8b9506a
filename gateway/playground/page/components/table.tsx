// A table of rows, read by columns; it scrolls sideways within itself where the screen is narrow.
import type { ReactNode } from 'react';
import './table.css';

/** One column of a {@link Table}. */
export interface Column<Row> {
  readonly key: string;
  readonly title: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** The column that names the row. */
  readonly isRowTitle?: boolean;
  readonly align?: 'start' | 'end';
}

/** Draws a table. The caption names it, and its region for who moves by keyboard. */
export function Table<Row>(props: {
  readonly caption: string;
  readonly isCaptionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row, at: number) => string;
  /** Shows each row as a card with the titles in it where the screen is narrow. */
  readonly isOfCards?: boolean;
}): ReactNode {
  const { caption, isCaptionHidden = false, columns, rows, rowKey, isOfCards = false } = props;
  return (
    <div className="table-region" role="region" aria-label={caption} tabIndex={0}>
      <table className={isOfCards ? 'table table-cards' : 'table'}>
        <caption className={isCaptionHidden ? 'only-read' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, align }) => (
              <th key={key} scope="col" data-align={align}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={rowKey(row, at)}>
              {columns.map(({ key, title, cell, isRowTitle, align }) =>
                isRowTitle ? (
                  <th key={key} scope="row" data-align={align}>
                    {cell(row)}
                  </th>
                ) : (
                  <td
                    key={key}
                    data-align={align}
                    data-title={typeof title === 'string' ? title : undefined}
                  >
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

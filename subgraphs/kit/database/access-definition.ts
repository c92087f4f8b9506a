// Which reader may read which rows and columns of a sector's database: what the labels of its schema
// come to. Rows follow from `maySeeRow`, asked for every class and phase, so that the rule stands once.
import { DISCLOSURE_CLASSES, type DisclosureClass } from '../authority/disclosure-class.ts';
import type { FieldClasses } from '../authority/labels.ts';
import { maySeeRow, type Authority, type RecordPhase } from '../authority/policy.ts';
import type { ReaderName } from '../authority/viewer.ts';
import { classesOfReader } from './reader-roles.ts';
import { READER_NAMES } from './readers.ts';
import { COMMON_COLUMNS } from './record-query.ts';
import { sqlColumnsOf, type RecordTable } from './record-table.ts';

/**
 * A table that a sector keeps beside its records, to search in. It has no row security, which would
 * turn its GIN and LIKE indexes off: it may hold only what all of its class may see, for as long as
 * the record it comes from is of that class and stands.
 */
export interface SearchTable {
  readonly table: string;
  readonly class: DisclosureClass;
}

/** What is to be read of a database. */
export interface AccessSource {
  readonly tables: readonly RecordTable[];
  readonly classes: FieldClasses;
  readonly searchTables?: readonly SearchTable[];
}

/** Classes of the rows that a reader sees in each phase; nobody sees a row whose deletion is due. */
export interface RowRule {
  readonly displayed: readonly DisclosureClass[];
  readonly notDisplayed: readonly DisclosureClass[];
  readonly closed: readonly DisclosureClass[];
}

/** Who may read what of a record table. */
export interface TableAccess {
  readonly table: string;
  /** SQL column to class; a column that is missing is granted to nobody. */
  readonly columns: ReadonlyMap<string, DisclosureClass>;
  readonly rows: Readonly<Record<ReaderName, RowRule>>;
}

/** Who may read what of a database; a table that is missing is granted to nobody. */
export interface AccessDefinition {
  readonly records: readonly TableAccess[];
  readonly searches: readonly SearchTable[];
}

/**
 * Derives who may read what.
 *
 * @throws Error for a column that stands for two fields of different classes
 */
export function defineAccess({
  tables,
  classes,
  searchTables = [],
}: AccessSource): AccessDefinition {
  return {
    records: tables.map((table) => ({
      table: table.table,
      columns: columnClasses(table, classes),
      rows: Object.fromEntries(
        READER_NAMES.map((reader) => [reader, rowRule(table, reader)]),
      ) as Record<ReaderName, RowRule>,
    })),
    searches: searchTables,
  };
}

/** Lists the columns that a reader may read, in the order of the definition. */
export function columnsOfReader(access: TableAccess, reader: ReaderName): readonly string[] {
  const classes = classesOfReader(reader);
  return [...access.columns].filter(([, value]) => classes.includes(value)).map(([name]) => name);
}

/** Lists the readers that reach a class. */
export function readersOfClass(value: DisclosureClass): readonly ReaderName[] {
  return READER_NAMES.filter((reader) => classesOfReader(reader).includes(value));
}

function columnClasses(
  table: RecordTable,
  classes: FieldClasses,
): ReadonlyMap<string, DisclosureClass> {
  // What every record has is PUBLIC: its class and clocks are needed to decide on the row at all.
  const found = new Map<string, DisclosureClass>(COMMON_COLUMNS.map((name) => [name, 'PUBLIC']));
  for (const [field, column] of Object.entries(table.columns)) {
    const value = classes.get(`${table.type}.${field}`);
    if (value === undefined) continue;
    for (const name of sqlColumnsOf(column)) {
      if ((found.get(name) ?? value) !== value) {
        throw new Error(`${table.table}.${name} stands for fields of different classes`);
      }
      found.set(name, value);
    }
  }
  return found;
}

function rowRule(table: RecordTable, reader: ReaderName): RowRule {
  const authority = authorityOfReader(table, reader);
  const seenIn = (phase: RecordPhase): readonly DisclosureClass[] =>
    DISCLOSURE_CLASSES.filter((value) =>
      maySeeRow(authority, {
        type: table.type,
        class: value,
        phase,
        ...(table.classOutsideDisplay && { classOutsideDisplay: table.classOutsideDisplay }),
      }),
    );
  if (seenIn('DELETED').length > 0) throw new Error('a row whose deletion is due would be seen');
  return {
    displayed: seenIn('DISPLAYED'),
    notDisplayed: seenIn('NOT_DISPLAYED'),
    closed: seenIn('CLOSED'),
  };
}

/** The widest authority that reads through a reader. */
function authorityOfReader(table: RecordTable, reader: ReaderName): Authority {
  return {
    classes: classesOfReader(reader).filter((value) => value !== 'SPECIAL'),
    closedRecords: reader === 'SUBJECT',
    specialFields: new Set(reader === 'SPECIAL' ? [`${table.type}.any`] : []),
  };
}

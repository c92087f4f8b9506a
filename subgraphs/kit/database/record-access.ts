// What an authority sees of a record table: which fields, and which rows. No other column is ever
// named in SQL, and no statement runs without the predicate for these rows.
import { LRUCache } from 'lru-cache';
import type { FieldClasses } from '../authority/labels.ts';
import { maySeeField, type Authority } from '../authority/policy.ts';
import { authorityKey } from './record-authority.ts';
import type { RecordTable } from './record-table.ts';
import { rowClassesOf, rowScopeOf, type RowClasses, type RowScope } from './visibility.ts';

/** What may be read of a table. */
export interface RecordAccess {
  readonly authority: Authority;
  /** The table's own fields in sight, in the order of its columns. */
  readonly fields: readonly string[];
  /** Decides the text of the predicate for rows. */
  readonly rows: RowScope;
  /** Values of that predicate's parameters. */
  readonly values: RowClasses;
}

/** Authorities that a table is remembered for: tiers and standings are few, sets of granted fields not. */
const AUTHORITIES_MAX = 200;

type OfTable = LRUCache<string, RecordAccess>;

const known = new WeakMap<FieldClasses, WeakMap<RecordTable, OfTable>>();

/** Finds what an authority sees of a table. */
export function accessTo(
  table: RecordTable,
  classes: FieldClasses,
  authority: Authority,
): RecordAccess {
  const ofTable = rememberedOf(table, classes);
  const key = authorityKey(authority);
  let access = ofTable.get(key);
  if (access === undefined) {
    const values = rowClassesOf(table, authority);
    access = {
      authority,
      fields: visibleFields(table, classes, authority),
      rows: rowScopeOf(values, authority),
      values,
    };
    ofTable.set(key, access);
  }
  return access;
}

function rememberedOf(table: RecordTable, classes: FieldClasses): OfTable {
  let ofClasses = known.get(classes);
  if (ofClasses === undefined) {
    ofClasses = new WeakMap();
    known.set(classes, ofClasses);
  }
  let ofTable = ofClasses.get(table);
  if (ofTable === undefined) {
    ofTable = new LRUCache({ max: AUTHORITIES_MAX });
    ofClasses.set(table, ofTable);
  }
  return ofTable;
}

function visibleFields(
  table: RecordTable,
  classes: FieldClasses,
  authority: Authority,
): readonly string[] {
  return Object.keys(table.columns).filter((field) => {
    const coordinate = `${table.type}.${field}`;
    const fieldClass = classes.get(coordinate);
    return fieldClass !== undefined && maySeeField(authority, coordinate, fieldClass);
  });
}

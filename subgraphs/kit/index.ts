// The door of the kit: all that a sector's code may import. What is not here is the kit's own.
export { PublicError, type ErrorCode } from './errors.ts';
export type { Logger } from './log.ts';
export {
  categoryOf,
  CREDIT_CODE_CATEGORIES,
  parseCreditCode,
  type CreditCodeCategory,
} from './values/credit-code.ts';
export { parseMoney, type Money } from './values/money.ts';
export { containsResidentNumber } from './values/resident-number.ts';
export {
  DISCLOSURE_CLASSES,
  stricterClass,
  type DisclosureClass,
} from './authority/disclosure-class.ts';
export { PUBLIC_AUTHORITY, type Authority } from './authority/policy.ts';
export type { Viewer } from './authority/viewer.ts';
export { stored } from './database/stored.ts';
export { deferIndexes, type Run } from './database/defer-indexes.ts';
export type { Reader } from './database/pool.ts';
export { decodeCursor, encodeCursor, type RecordPosition } from './database/cursor.ts';
export { nodeReader, type RecordNode, type RecordRow } from './database/record-node.ts';
export { accessTo, type RecordAccess } from './database/record-access.ts';
export { authorityKey, READ_UNDER } from './database/record-authority.ts';
export { columnsOf } from './database/record-query.ts';
export type { RelatedKey } from './database/related-records.ts';
export type { RecordTable } from './database/record-table.ts';
export {
  addMoney,
  createBatchesTable,
  createRecordTable,
  createWithdrawalsTable,
} from './database/record-migration.ts';
export {
  param,
  runStatement,
  sql,
  toKeyedStatement,
  toStatement,
  type Statement,
} from './database/statement.ts';
export { createStatementCache } from './database/statement-cache.ts';
export { whereVisible, whereVisibleAsOf, type RowScope } from './database/visibility.ts';
export {
  addLength,
  endClock,
  runClocks,
  type ClockDates,
  type ClockRules,
  type RecordClocks,
} from './lifecycle/clocks.ts';
export { PENALTY_CLOCKS, type PenaltySeverity } from './lifecycle/penalty-clocks.ts';
export { column } from './ingestion/column.ts';
export { penaltyFile } from './ingestion/double-publicity.ts';
export { recordFile, type RecordDraft, type RecordFile } from './ingestion/record-file.ts';
export { assertArguments, type ComparedFields } from './server/assert-arguments.ts';
export { batched } from './server/batched.ts';
export {
  connection,
  listing,
  PAGE_RECORDS_MAX,
  selects,
  type ConnectionFilters,
} from './server/connection.ts';
export { changes } from './server/changes.ts';
export { coverage, section, type Section } from './server/section.ts';
export { datedConnection, related, type DatedNode } from './server/related.ts';
export type { Resolver, Resolvers, SectorContext } from './server/resolver.ts';
export type { Sector } from './server/sector.ts';
export { drawYuan, writeYuan } from './samples/amount.ts';
export { withAwkwardRows } from './samples/awkward-rows.ts';
export { dischargePermitNumber, documentNumber } from './samples/document-number.ts';
export { LEGAL_BASES } from './samples/legal-basis.ts';
export type { Population } from './samples/population.ts';
export { publisherOf } from './samples/publisher.ts';
export { dateOfDay, dayNumber, type Random } from './samples/random.ts';
export { regionOf } from './samples/synthetic-region.ts';
export {
  rowsBySubject,
  type SampleFile,
  type SampleRow,
  type SampleSource,
} from './samples/sample-file.ts';
export { badRecordCount, SAMPLE_DAY, type SampleSubject } from './samples/sample-subject.ts';

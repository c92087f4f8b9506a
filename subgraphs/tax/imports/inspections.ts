// Inspections, which are never displayed.
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { INSPECTION_CLOCKS } from '../clocks.ts';
import { inspections } from '../records.ts';
import { subjectCode, publisher, publisherCode, retrievedAt } from './shared-columns.ts';

/** The file format of inspections. */
export const inspectionFile = recordFile({
  name: 'inspections',
  table: inspections,
  columns: {
    subjectCode,
    inspectionNumber: column.text(['检查通知书文号', 'inspection_number'], {
      required: true,
      max: 200,
    }),
    periodFrom: column.date(['检查所属期起', 'period_from'], { open: 'none' }),
    periodTo: column.date(['检查所属期止', 'period_to'], { open: 'none' }),
    outcome: column.choice(['检查结论', 'outcome'], {
      未发现问题: 'NO_FINDING',
      补缴税款: 'RECOVERED',
      补税并处罚: 'PENALISED',
      移送司法: 'TRANSFERRED',
    }),
    facts: column.text(['检查发现事实', 'facts'], { max: 5_000 }),
    recovered: column.money(['查补税款(元)', 'recovered_yuan']),
    penaltyDocument: column.text(['处罚决定书文号', 'penalty_document'], { max: 200 }),
    transferredToJustice: column.boolean(['是否移送司法', 'transferred']),
    concludedOn: column.date(['结案日期', 'concluded_on'], { required: true, open: 'reject' }),
    publisher,
    publisherCode,
    retrievedAt,
  },
  draft: (cells) => ({
    subjectCode: cells.subjectCode,
    values: {
      inspectionNumber: cells.inspectionNumber,
      periodFrom: cells.periodFrom,
      periodTo: cells.periodTo,
      outcome: cells.outcome,
      facts: cells.facts,
      recovered: cells.recovered,
      penaltyDocument: cells.penaltyDocument,
      transferredToJustice: cells.transferredToJustice,
    },
    source: {
      publisher: cells.publisher,
      publisherCode: cells.publisherCode,
      documentNumber: cells.inspectionNumber,
      decidedOn: cells.concludedOn,
      retrievedAt: cells.retrievedAt,
    },
    clocks: runClocks(INSPECTION_CLOCKS, cells.concludedOn, { DECIDED: cells.concludedOn }),
    sortDate: cells.concludedOn,
  }),
});

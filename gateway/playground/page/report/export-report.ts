// The report as files: what is shown, and nothing else. A cell that a spreadsheet would take for a
// formula is marked as text, since names and facts are written by others.
import { stringify } from 'csv-stringify/browser/esm/sync';
import { byDay, type ReportRecord } from './read-records.ts';
import type { NamedValue, Value } from './read-value.ts';
import type { Report } from './load-report.ts';
import { writeValue, type Wording } from './write-value.ts';

/** Writes the report as JSON: identity, what was looked at, and the records that are shown. */
export function reportAsJson(report: Report, shown: readonly ReportRecord[]): string {
  const { identity, sections } = report;
  const written = {
    subject: identity.kind === 'known' ? plainObject(identity.fields) : null,
    coverage: sections.map(({ plan, state, withheld, incomplete }) => ({
      sector: plan.sector,
      ...(state.kind === 'answered' ? state.coverage : { status: 'UNAVAILABLE' }),
      withheld: withheld.map(({ coordinate, class: needed }) => ({ coordinate, class: needed })),
      incomplete,
    })),
    records: [...shown].sort(byDay).map((record) => ({
      sector: record.sector,
      type: record.type,
      id: record.id,
      day: record.day,
      disclosureClass: record.class,
      state: record.state,
      dispute: record.dispute,
      source: plainObject(record.source),
      clocks: plainObject(record.clocks),
      ...plainObject(record.fields),
      ...plainObject(record.within),
    })),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** Writes the records that are shown as CSV: one a line, what is particular to a type in one cell. */
export function reportAsCsv(shown: readonly ReportRecord[], wording: Wording): string {
  const rows = [...shown].sort(byDay).map((record) => ({
    day: record.day ?? '',
    sector: record.sector,
    type: record.type,
    title: record.title ?? '',
    class: record.class ?? '',
    state: record.state ?? '',
    dispute: record.dispute ?? '',
    publisher: cell(record.source, 'publisher', wording),
    documentNumber: cell(record.source, 'documentNumber', wording),
    decidedOn: cell(record.source, 'decidedOn', wording),
    publishedOn: cell(record.source, 'publishedOn', wording),
    retrievedAt: cell(record.source, 'retrievedAt', wording),
    id: record.id,
    fields: JSON.stringify(plainObject([...record.fields, ...record.within])),
  }));
  return stringify(rows, { header: true, columns: CSV_COLUMNS, bom: true, escape_formulas: true });
}

/** Gives a text to the reader as a file. */
export function saveFile(name: string, mediaType: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

const CSV_COLUMNS = [
  'day',
  'sector',
  'type',
  'title',
  'class',
  'state',
  'dispute',
  'publisher',
  'documentNumber',
  'decidedOn',
  'publishedOn',
  'retrievedAt',
  'id',
  'fields',
];

function cell(fields: readonly NamedValue[], name: string, wording: Wording): string {
  const value = fields.find((field) => field.name === name)?.value;
  if (!value || value.kind === 'none') return '';
  return value.kind === 'instant' ? value.instant : writeValue(value, wording);
}

function plainObject(fields: readonly NamedValue[]): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, plain(value)]));
}

/** What stands in a file says the same whatever language the page is read in. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case 'none':
      return null;
    case 'withheld':
      return { withheld: true };
    case 'text':
      return value.text;
    case 'number':
      return value.number;
    case 'yes':
      return value.isYes;
    case 'word':
      return value.word;
    case 'day':
      return value.day;
    case 'instant':
      return value.instant;
    case 'code':
      return value.code;
    case 'money':
      return { minorUnits: value.minorUnits, currency: value.currency };
    case 'list':
      return value.items.map(plain);
    case 'object':
      return plainObject(value.fields);
  }
}

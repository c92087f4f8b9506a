import assert from 'node:assert/strict';
import { test } from 'node:test';
import { penalties, inspections } from '../../tax/records.ts';
import type { DisclosureClass } from '../authority/disclosure-class.ts';
import type { RecordTable } from '../database/record-table.ts';
import type { RecordDraft } from './record-file.ts';
import { classOfRow } from './row-class.ts';

const ENTERPRISE = '91990101MA7K3P2Q8J';
const HOUSEHOLD = '92990203MA9T0ABC58';

function classOf(
  table: RecordTable,
  subjectCode: string,
  asked?: DisclosureClass,
  values: RecordDraft['values'] = {},
): string {
  const clock = { start: 'DECIDED', from: null, until: null } as const;
  const draft: RecordDraft = {
    subjectCode,
    values,
    source: { publisher: 'a tax office' },
    clocks: { display: clock, query: clock, deletion: clock },
    disclosureClass: asked,
    sortDate: '2026-01-01',
  };
  return classOfRow(table, draft);
}

test('takes the class of the table where the row asks for none', () => {
  assert.equal(classOf(penalties, ENTERPRISE), 'PUBLIC');
  assert.equal(classOf(inspections, ENTERPRISE), 'GOVERNMENT');
});

test('lets a row be stricter than its table, and never less strict', () => {
  assert.equal(classOf(penalties, ENTERPRISE, 'AUTHORISED'), 'AUTHORISED');
  assert.equal(classOf(inspections, ENTERPRISE, 'PUBLIC'), 'GOVERNMENT');
});

test('never makes a row about an individual household public', () => {
  assert.equal(classOf(penalties, HOUSEHOLD), 'REGISTERED');
  assert.equal(classOf(penalties, HOUSEHOLD, 'AUTHORISED'), 'AUTHORISED');
});

test('finds a household that stands in the row as another party', () => {
  const party = { parties: [{ role: 'DESIGN', name: 'a shop', code: HOUSEHOLD }] };
  assert.equal(classOf(penalties, ENTERPRISE, 'PUBLIC', party), 'REGISTERED');
  assert.equal(classOf(penalties, ENTERPRISE, 'PUBLIC', { builderCode: HOUSEHOLD }), 'REGISTERED');
  assert.equal(classOf(penalties, ENTERPRISE, 'PUBLIC', { builderCode: ENTERPRISE }), 'PUBLIC');
});

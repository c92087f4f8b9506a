// The record tables of the sector: GraphQL field to column, and what makes a record the same.
import { stored, type RecordTable } from '../index.ts';

/** One a subject and year. Points are AUTHORISED by their label in schema.graphql. */
export const oddExhibits: RecordTable = {
  type: 'SpecimenOddExhibit',
  table: 'odd_exhibits',
  class: 'PUBLIC',
  key: ['year'],
  columns: {
    year: stored.integer('year'),
    grade: stored.text('grade'),
    score: stored.decimal('score'),
    subjectName: stored.text('subject_name'),
  },
};

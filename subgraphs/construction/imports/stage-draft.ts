// The part of a record that all basic information about projects has in common.
import { runClocks, type RecordDraft } from '../../kit/index.ts';
import { BASIC_CLOCKS } from '../clocks.ts';

interface SourceCells {
  readonly publisher: string;
  readonly publisherCode: string | undefined;
  readonly publishedOn: string | undefined;
  readonly state: 'EFFECTIVE' | 'REPAIRED' | 'WITHDRAWN' | undefined;
  readonly stateReason: string | undefined;
  readonly retrievedAt: string | undefined;
  readonly isClassified: boolean | undefined;
}

/**
 * Reads provenance, state, class and clocks of a row about a project. Classified works are kept
 * from the public in all their parts; they are for government offices.
 */
export function sourceOf(
  cells: SourceCells,
  decidedOn: string,
  documentNumber?: string,
): Omit<RecordDraft, 'subjectCode' | 'values'> {
  return {
    source: {
      publisher: cells.publisher,
      publisherCode: cells.publisherCode,
      documentNumber,
      decidedOn,
      publishedOn: cells.publishedOn,
      retrievedAt: cells.retrievedAt,
    },
    clocks: runClocks(BASIC_CLOCKS, decidedOn, { DECIDED: decidedOn }),
    disclosureClass: cells.isClassified === true ? 'GOVERNMENT' : 'PUBLIC',
    state: cells.state,
    stateReason: cells.stateReason,
    sortDate: decidedOn,
  };
}

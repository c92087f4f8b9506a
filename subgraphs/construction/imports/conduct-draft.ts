// The part of a record that all conduct has in common.
import type { RecordDraft } from '../../kit/index.ts';

interface ConductCells {
  readonly decisionNumber: string;
  readonly publisher: string;
  readonly publisherCode: string | undefined;
  readonly publishedOn: string | undefined;
  readonly state: 'EFFECTIVE' | 'REPAIRED' | 'WITHDRAWN' | undefined;
  readonly stateReason: string | undefined;
  readonly retrievedAt: string | undefined;
}

/** Reads provenance and state of a row about conduct. */
export function conductOf(
  cells: ConductCells,
  decidedOn: string,
): Omit<RecordDraft, 'subjectCode' | 'values' | 'clocks'> {
  return {
    source: {
      publisher: cells.publisher,
      publisherCode: cells.publisherCode,
      documentNumber: cells.decisionNumber,
      decidedOn,
      publishedOn: cells.publishedOn,
      retrievedAt: cells.retrievedAt,
    },
    state: cells.state,
    stateReason: cells.stateReason,
    sortDate: decidedOn,
  };
}

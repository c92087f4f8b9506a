// Environmental penalties: the publicity feed of every authority, and one column more, because their
// query clock runs from the day the sanction was carried out.
import { column, penaltyFile, runClocks, type RecordFile } from '../../kit/index.ts';
import { SANCTION_CLOCKS } from '../clocks.ts';
import { penalties } from '../records.ts';

const feed = penaltyFile(penalties);

/** The file format of environmental penalties. */
export const environmentPenaltyFile: RecordFile = {
  ...feed,
  columns: {
    ...feed.columns,
    completedOn: column.date(['处罚履行完毕日期', 'completed_on'], { open: 'none' }),
  },
  draft: (cells, reject) => {
    const draft = feed.draft(cells, reject);
    const severity = cells['severity'] as keyof typeof SANCTION_CLOCKS;
    const decidedOn = cells['decidedOn'] as string;
    const completedOn = cells['completedOn'] as string | undefined;
    if (completedOn !== undefined && completedOn < decidedOn) {
      return reject('completedOn', 'carried out before it was decided');
    }
    const { query, deletion } = runClocks(SANCTION_CLOCKS[severity], decidedOn, {
      DETERMINED: decidedOn,
      SANCTION_COMPLETED: completedOn,
    });
    return {
      ...draft,
      values: { ...draft.values, completedOn },
      clocks: { display: draft.clocks.display, query, deletion },
    };
  },
};

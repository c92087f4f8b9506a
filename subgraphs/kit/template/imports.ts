// The files that the sector's authorities deliver, one format each: columns of a file to a record.
import { column, recordFile, runClocks, type RecordFile } from '../index.ts';
import { ODD_EXHIBIT_CLOCKS } from './clocks.ts';
import { oddExhibits } from './records.ts';

const required = { required: true } as const;

const oddExhibitFile = recordFile({
  name: 'odd-exhibits',
  table: oddExhibits,
  columns: {
    subjectCode: column.code(['统一社会信用代码', 'uscc'], required),
    subjectName: column.text(['主体名称', 'subject_name'], { max: 200 }),
    year: column.integer(['评价年度', 'year'], { required: true, min: 2000, max: 2100 }),
    grade: column.choice(
      ['评价等级', 'grade'],
      { 优秀: 'A', 良好: 'B', 合格: 'C', 不合格: 'D' },
      required,
    ),
    score: column.decimal(['评价得分', 'score'], { min: 0, max: 100 }),
    decidedOn: column.date(['评价日期', 'decided_on'], { required: true, open: 'reject' }),
    documentNumber: column.text(['文号', 'document_number'], { max: 200 }),
    publisher: column.text(['主管部门', 'authority'], { required: true, max: 200 }),
    publisherCode: column.code(['主管部门统一社会信用代码', 'authority_uscc']),
    retrievedAt: column.instant(['数据更新时间', 'retrieved_at']),
  },
  draft: (cells, reject) => {
    if (cells.decidedOn < `${cells.year}-01-01`) {
      return reject('decidedOn', `decided before the year ${cells.year} that it judges`);
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        year: cells.year,
        grade: cells.grade,
        score: cells.score,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: cells.documentNumber,
        decidedOn: cells.decidedOn,
        publishedOn: cells.decidedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(ODD_EXHIBIT_CLOCKS, cells.decidedOn, { DECIDED: cells.decidedOn }),
      sortDate: cells.decidedOn,
    };
  },
});

/** File formats of the sector. */
export const files: readonly RecordFile[] = [oddExhibitFile];

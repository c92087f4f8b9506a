// Yearly ratings: grade A is public, every other is for the subject and those it authorises.
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { RATING_CLOCKS } from '../clocks.ts';
import { creditRatings } from '../records.ts';
import {
  required,
  subjectCode,
  subjectName,
  publisher,
  publisherCode,
  retrievedAt,
} from './shared-columns.ts';

/** The file format of ratings. */
export const ratingFile = recordFile({
  name: 'ratings',
  table: creditRatings,
  columns: {
    subjectCode,
    subjectName,
    ratingYear: column.integer(['评价年度', 'rating_year'], {
      required: true,
      min: 2014,
      max: 2100,
    }),
    grade: column.choice(
      ['纳税信用级别', 'grade'],
      { A级: 'A', B级: 'B', M级: 'M', C级: 'C', D级: 'D' },
      required,
    ),
    score: column.decimal(['评价得分', 'score'], { min: 0, max: 100 }),
    directGround: column.choice(['直接判级原因', 'direct_ground'], {
      涉税犯罪判决: 'CRIMINAL_CONVICTION',
      移送公安机关: 'REFERRED_TO_POLICE',
      偷税十万元且百分之十以上: 'LARGE_EVASION',
      未按期缴清查补税款: 'UNPAID_DECISION',
      暴力抗税: 'VIOLENCE',
      违反发票规定: 'INVOICE_BREACH',
      提供虚假材料: 'FALSE_MATERIAL',
      停止出口退税权: 'REFUND_SUSPENDED',
      非正常户: 'ABSCONDED',
      非正常户责任人员: 'PERSON_OF_ABNORMAL',
      D级责任人员: 'PERSON_OF_D',
      重大税收违法失信主体: 'MAJOR_VIOLATION',
      其他: 'OTHER',
    }),
    ratedOn: column.date(['评价日期', 'rated_on'], { required: true, open: 'reject' }),
    validFrom: column.date(['有效期起', 'valid_from'], { open: 'none' }),
    validTo: column.date(['有效期止', 'valid_to'], { open: 'none' }),
    publisher,
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    if (cells.directGround !== undefined && cells.grade !== 'D') {
      return reject('directGround', `a ground of a direct D beside the grade ${cells.grade}`);
    }
    if (
      cells.validFrom !== undefined &&
      cells.validTo !== undefined &&
      cells.validTo < cells.validFrom
    ) {
      return reject('validTo', 'the validity ends before it starts');
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        ratingYear: cells.ratingYear,
        grade: cells.grade,
        score: cells.score,
        directGround: cells.directGround,
        subjectName: cells.subjectName,
        validFrom: cells.validFrom,
        validTo: cells.validTo,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        decidedOn: cells.ratedOn,
        publishedOn: cells.grade === 'A' ? cells.ratedOn : undefined,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(RATING_CLOCKS, cells.ratedOn, { DECIDED: cells.ratedOn }),
      disclosureClass: cells.grade === 'A' ? 'PUBLIC' : 'AUTHORISED',
      sortDate: cells.ratedOn,
    };
  },
});

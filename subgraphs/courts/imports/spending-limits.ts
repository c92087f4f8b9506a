// Limits of spending: one in force is public, a lifted one is history, for the subject and those it
// authorises. The persons whom an order binds beside the subject are never read.
import { column, endClock, recordFile, runClocks } from '../../kit/index.ts';
import { SPENDING_LIMIT_CLOCKS } from '../clocks.ts';
import { spendingLimits } from '../records.ts';
import {
  caseNumber,
  disputeOf,
  publisher,
  publisherCode,
  readEnforcementNumber,
  required,
  retrievedAt,
  underReview,
} from './shared-columns.ts';

/** The file format of spending limits. */
export const spendingLimitFile = recordFile({
  name: 'spending-limits',
  table: spendingLimits,
  changedBy: ['liftedOn'],
  columns: {
    subjectName: column.text(['被限制人名称', 'subject_name'], { max: 200 }),
    subjectCode: column.code(['统一社会信用代码', 'uscc'], required),
    orderNumber: column.text(['限制消费令文号', 'order_number'], { required: true, max: 100 }),
    caseNumber,
    issuedOn: column.date(['签发日期', 'issued_on'], { required: true, open: 'reject' }),
    bindsRepresentatives: column.boolean(['是否限制有关责任人员', 'binds_representatives']),
    measures: column.text(['限制内容', 'measures'], { max: 2_000 }),
    liftedOn: column.date(['解除日期', 'lifted_on'], { open: 'none' }),
    liftReason: column.choice(['解除原因', 'lift_reason'], {
      提供担保: 'SECURITY_GIVEN',
      申请执行人同意: 'CREDITOR_CONSENT',
      履行完毕: 'PERFORMED',
      签发错误: 'WRONGLY_ISSUED',
      其他: 'OTHER',
    }),
    publisher,
    publisherCode,
    underReview,
    retrievedAt,
  },
  draft: (cells, reject) => {
    const { issuedOn, liftedOn, liftReason } = cells;
    const number = readEnforcementNumber(cells.caseNumber, (r) => reject('caseNumber', r));
    if (liftedOn !== undefined && liftedOn < issuedOn) {
      return reject('liftedOn', 'lifted before it was made');
    }
    if (liftedOn === undefined && liftReason !== undefined) {
      return reject('liftedOn', 'a reason of lifting without its day');
    }
    const clocks = runClocks(SPENDING_LIMIT_CLOCKS, issuedOn, {
      DECIDED: issuedOn,
      ACT_ENDED: liftedOn,
    });
    return {
      subjectCode: cells.subjectCode,
      values: {
        orderNumber: cells.orderNumber,
        caseNumber: number.normalized,
        issuedOn,
        bindsRepresentatives: cells.bindsRepresentatives,
        measures: cells.measures,
        liftedOn,
        liftReason,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: cells.orderNumber,
        decidedOn: issuedOn,
        publishedOn: issuedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks:
        liftedOn === undefined
          ? clocks
          : { ...clocks, display: endClock(clocks.display, liftedOn) },
      disclosureClass: liftedOn === undefined ? 'PUBLIC' : 'AUTHORISED',
      state: liftReason === 'WRONGLY_ISSUED' ? 'WITHDRAWN' : 'EFFECTIVE',
      stateReason: liftReason === 'WRONGLY_ISSUED' ? 'Made in error.' : undefined,
      dispute: disputeOf(cells.underReview),
      sortDate: issuedOn,
    };
  },
});

// Outcomes of consumer complaints. An export of the complaint platform lists all of them; what is not
// determined is an allegation, and is refused. The consumer and the words of the complaint are never
// read.
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { COMPLAINT_CLOCKS } from '../clocks.ts';
import { complaintOutcomes } from '../records.ts';
import {
  platform,
  publisherCode,
  required,
  retrievedAt,
  subjectCode,
  subjectName,
} from './shared-columns.ts';

/** States of a case that has been determined; every other state is refused. */
const DETERMINED: ReadonlySet<string> = new Set(['已办结', '办结', 'DETERMINED']);

/** The file format of outcomes of complaints. */
export const complaintFile = recordFile({
  name: 'complaints',
  table: complaintOutcomes,
  columns: {
    subjectCode,
    subjectName,
    caseNumber: column.text(['投诉编号', 'case_number'], { required: true, max: 100 }),
    channel: column.choice(
      ['投诉渠道', 'channel'],
      {
        '12315平台': 'MARKET_REGULATOR',
        消费者协会: 'CONSUMER_ASSOCIATION',
        电商平台: 'PLATFORM',
      },
      required,
    ),
    matter: column.choice(
      ['投诉事项', 'matter'],
      {
        质量: 'QUALITY',
        安全: 'SAFETY',
        广告: 'ADVERTISING',
        售后服务: 'AFTER_SALES',
        配送: 'DELIVERY',
        价格: 'PRICE',
        合同: 'CONTRACT',
        其他: 'OTHER',
      },
      required,
    ),
    status: column.text(['处理状态', 'status'], { required: true, max: 50 }),
    // Not required: a case that is not determined has neither, and is refused for that reason.
    outcome: column.choice(['处理结果', 'outcome'], {
      投诉成立: 'UPHELD',
      调解一致: 'SETTLED',
      投诉不成立: 'DISMISSED',
      消费者撤回: 'WITHDRAWN',
    }),
    platform,
    acceptedOn: column.date(['受理日期', 'accepted_on'], { open: 'none' }),
    determinedOn: column.date(['办结日期', 'determined_on'], { open: 'none' }),
    refund: column.money(['退赔金额(元)', 'refund_yuan']),
    publisher: column.text(['处理机关', 'authority'], { required: true, max: 200 }),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    const { outcome, acceptedOn, determinedOn } = cells;
    if (!DETERMINED.has(cells.status)) {
      return reject('status', 'a complaint not yet determined is never a record');
    }
    if (outcome === undefined) return reject('outcome', 'is empty beside a determined complaint');
    if (outcome === 'WITHDRAWN') {
      return reject('outcome', 'a complaint that was withdrawn was not determined');
    }
    if (determinedOn === undefined) {
      return reject('determinedOn', 'is empty beside a determined complaint');
    }
    if (acceptedOn !== undefined && determinedOn < acceptedOn) {
      return reject('determinedOn', 'determined before it was accepted');
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        caseNumber: cells.caseNumber,
        channel: cells.channel,
        matter: cells.matter,
        outcome,
        platform: cells.platform,
        acceptedOn,
        determinedOn,
        refund: cells.refund,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: cells.caseNumber,
        decidedOn: determinedOn,
        publishedOn: outcome === 'UPHELD' ? determinedOn : undefined,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(COMPLAINT_CLOCKS, determinedOn, { DETERMINED: determinedOn }),
      disclosureClass: outcome === 'UPHELD' ? 'PUBLIC' : 'AUTHORISED',
      sortDate: determinedOn,
    };
  },
});

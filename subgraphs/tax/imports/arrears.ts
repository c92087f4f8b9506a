// Quarterly notices of arrears.
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { ARREARS_CLOCKS } from '../clocks.ts';
import { arrearsNotices } from '../records.ts';
import {
  required,
  subjectCode,
  subjectName,
  publisher,
  publisherCode,
  retrievedAt,
} from './shared-columns.ts';

/** The file format of arrears notices. */
export const arrearsFile = recordFile({
  name: 'arrears',
  table: arrearsNotices,
  columns: {
    subjectCode,
    subjectName,
    period: column.text(['公告所属期', 'period'], { required: true, max: 6 }),
    taxType: column.choice(
      ['欠税税种', 'tax_type'],
      {
        增值税: 'VAT',
        企业所得税: 'ENTERPRISE_INCOME',
        消费税: 'CONSUMPTION',
        城市维护建设税: 'URBAN_MAINTENANCE',
        土地增值税: 'LAND_VALUE',
        房产税: 'PROPERTY',
        城镇土地使用税: 'LAND_USE',
        印花税: 'STAMP',
        资源税: 'RESOURCE',
        其他: 'OTHER',
      },
      required,
    ),
    balance: column.money(['欠税余额(元)', 'balance_yuan'], required),
    newArrears: column.money(['当期新发生的欠税金额(元)', 'new_arrears_yuan']),
    placeOfBusiness: column.text(['经营地点', 'place_of_business'], { max: 300 }),
    announcedOn: column.date(['公告日期', 'announced_on'], { required: true, open: 'reject' }),
    publisher,
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    if (!/^\d{4}Q[1-4]$/.test(cells.period)) return reject('period', 'a quarter is written 2025Q1');
    return {
      subjectCode: cells.subjectCode,
      values: {
        period: cells.period,
        taxType: cells.taxType,
        balance: cells.balance,
        newArrears: cells.newArrears,
        placeOfBusiness: cells.placeOfBusiness,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        decidedOn: cells.announcedOn,
        publishedOn: cells.announcedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(ARREARS_CLOCKS, cells.announcedOn, { DECIDED: cells.announcedOn }),
      sortDate: cells.announcedOn,
    };
  },
});

// Determined violations: the publicity feed of every authority, and what e-commerce adds to it.
import { column, penaltyFile, type RecordFile } from '../../kit/index.ts';
import { violations } from '../records.ts';
import { platform, required } from './shared-columns.ts';

const feed = penaltyFile(violations, 'violations');

const KINDS = {
  销售假冒商品: 'COUNTERFEIT',
  虚构交易: 'FAKE_TRADE',
  '虚假评价（刷单炒信）': 'FAKE_REVIEWS',
  删除消费者评价: 'REVIEWS_DELETED',
  虚假宣传: 'FALSE_ADVERTISING',
  侵犯知识产权: 'IP_INFRINGEMENT',
  销售禁售商品: 'PROHIBITED_GOODS',
  无证经营: 'UNLICENSED',
  未公示主体信息: 'IDENTITY_NOT_SHOWN',
  未履行身份核验义务: 'IDENTITY_NOT_VERIFIED',
  默认搭售: 'TIED_SALES',
  价格欺诈: 'PRICE_FRAUD',
  其他: 'OTHER',
} as const;

/** The file format of determined violations. */
export const violationFile: RecordFile = {
  ...feed,
  columns: {
    ...feed.columns,
    violation: column.choice(['电子商务违法类别', 'violation'], KINDS, required),
    platform,
    storeName: column.text(['店铺名称', 'store_name'], { max: 200 }),
  },
  draft: (cells, reject) => {
    const draft = feed.draft(cells, reject);
    const { violation, platform: platformName, storeName } = cells;
    return { ...draft, values: { ...draft.values, violation, platform: platformName, storeName } };
  },
};

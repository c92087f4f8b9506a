// Ratings that platforms give to stores: not public, whatever the platform shows on its own pages.
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { PLATFORM_RATING_CLOCKS } from '../clocks.ts';
import { platformRatings } from '../records.ts';
import { publisherCode, requiredDay, retrievedAt, subjectCode } from './shared-columns.ts';

const points = { min: 0, max: 100_000 } as const;

/** The file format of platform ratings. */
export const platformRatingFile = recordFile({
  name: 'platform-ratings',
  table: platformRatings,
  columns: {
    subjectCode,
    platform: column.text(['平台名称', 'platform'], { required: true, max: 200 }),
    storeName: column.text(['店铺名称', 'store_name'], { required: true, max: 200 }),
    period: column.text(['评价周期', 'period'], { required: true, max: 7 }),
    score: column.decimal(['综合评分', 'score'], { ...points, required: true }),
    scale: column.decimal(['评分满分', 'scale'], { ...points, required: true }),
    goodsScore: column.decimal(['商品评分', 'goods_score'], points),
    serviceScore: column.decimal(['服务评分', 'service_score'], points),
    deliveryScore: column.decimal(['物流评分', 'delivery_score'], points),
    reviewCount: column.integer(['评价数', 'review_count']),
    transactionCount: column.integer(['成交笔数', 'transaction_count']),
    transactionValue: column.money(['成交金额(元)', 'transaction_value_yuan']),
    ratedOn: column.date(['评分日期', 'rated_on'], requiredDay),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    if (!/^\d{4}(?:H[12]|-(?:0[1-9]|1[0-2]))$/.test(cells.period)) {
      return reject('period', 'a period is written 2026H1 or 2026-05');
    }
    for (const name of ['score', 'goodsScore', 'serviceScore', 'deliveryScore'] as const) {
      if ((cells[name] ?? 0) > cells.scale) return reject(name, 'more points than the scale has');
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        platform: cells.platform,
        storeName: cells.storeName,
        period: cells.period,
        score: cells.score,
        scale: cells.scale,
        goodsScore: cells.goodsScore,
        serviceScore: cells.serviceScore,
        deliveryScore: cells.deliveryScore,
        reviewCount: cells.reviewCount,
        transactionCount: cells.transactionCount,
        transactionValue: cells.transactionValue,
      },
      source: {
        publisher: cells.platform,
        publisherCode: cells.publisherCode,
        decidedOn: cells.ratedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(PLATFORM_RATING_CLOCKS, cells.ratedOn, { DECIDED: cells.ratedOn }),
      sortDate: cells.ratedOn,
    };
  },
});

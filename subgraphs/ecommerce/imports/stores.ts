// Stores and sites, with the state of verification of the identity behind them.
import { column, endClock, recordFile, runClocks } from '../../kit/index.ts';
import { IDENTITY_CLOCKS } from '../clocks.ts';
import { stores } from '../records.ts';
import {
  platform,
  platformCode,
  publisherCode,
  required,
  requiredDay,
  retrievedAt,
  serviceTelephone,
  subjectCode,
  subjectName,
  VERIFICATIONS,
} from './shared-columns.ts';
import { readServiceTelephone } from './telephone.ts';
import { readWebAddress } from './web-address.ts';

const SITE_TYPES = {
  平台店铺: 'PLATFORM_STORE',
  自建网站: 'OWN_WEBSITE',
  应用程序: 'APP',
  小程序: 'MINI_PROGRAM',
  直播间: 'LIVE_CHANNEL',
  社交账号: 'SOCIAL_ACCOUNT',
} as const;

/** The file format of stores. */
export const storeFile = recordFile({
  name: 'stores',
  table: stores,
  changedBy: ['verifiedOn', 'closedOn'],
  columns: {
    subjectCode,
    subjectName,
    siteType: column.choice(['网站类型', 'site_type'], SITE_TYPES, required),
    storeName: column.text(['店铺名称', '网站名称', 'store_name'], { required: true, max: 200 }),
    url: column.text(['网址', 'url'], { required: true, max: 500 }),
    platform,
    platformCode,
    tradeMode: column.choice(
      ['经营模式', 'trade_mode'],
      { B2B: 'B2B', B2C: 'B2C', O2O: 'O2O', 跨境: 'CROSS_BORDER' },
      required,
    ),
    icpNumber: column.text(['ICP备案号', 'icp_number'], { max: 100 }),
    licenceShown: column.boolean(['是否公示营业执照', 'licence_shown']),
    verification: column.choice(['身份核验状态', 'verification'], VERIFICATIONS, required),
    verifiedOn: column.date(['核验日期', 'verified_on'], requiredDay),
    storeState: column.choice(
      ['店铺状态', 'store_state'],
      { 正常: 'OPEN', 暂停: 'SUSPENDED', 关闭: 'CLOSED' },
      required,
    ),
    openedOn: column.date(['开店日期', 'opened_on'], { open: 'none' }),
    closedOn: column.date(['关店日期', 'closed_on'], { open: 'none' }),
    serviceTelephone,
    publisher: column.text(['报送机构', 'authority'], { required: true, max: 200 }),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    const { siteType, closedOn, openedOn } = cells;
    if (siteType === 'PLATFORM_STORE' && cells.platform === undefined) {
      return reject('platform', 'is empty beside a store on a platform');
    }
    if (closedOn !== undefined && openedOn !== undefined && closedOn < openedOn) {
      return reject('closedOn', 'closed before it opened');
    }
    if (closedOn !== undefined && cells.storeState !== 'CLOSED') {
      return reject('storeState', 'a store with a day of closing is closed');
    }
    const clocks = runClocks(IDENTITY_CLOCKS, cells.verifiedOn, {
      DECIDED: cells.verifiedOn,
      ACT_ENDED: closedOn,
    });
    return {
      subjectCode: cells.subjectCode,
      values: {
        siteType,
        storeName: cells.storeName,
        url: readWebAddress(cells.url, (reason) => reject('url', reason)),
        platform: cells.platform,
        platformCode: cells.platformCode,
        tradeMode: cells.tradeMode,
        icpNumber: cells.icpNumber,
        licenceShown: cells.licenceShown,
        verification: cells.verification,
        verifiedOn: cells.verifiedOn,
        storeState: cells.storeState,
        openedOn,
        closedOn,
        serviceTelephone: readServiceTelephone(cells.serviceTelephone),
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        decidedOn: cells.verifiedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks:
        closedOn === undefined
          ? clocks
          : { ...clocks, display: endClock(clocks.display, closedOn) },
      sortDate: cells.verifiedOn,
    };
  },
});

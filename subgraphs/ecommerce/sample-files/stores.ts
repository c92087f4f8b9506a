// Sample stores: JSON lines under English names.
import {
  rowsBySubject,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { drawTelephone } from './contact.ts';
import { platformsOf, storesOf, type StoreFacts } from './online-trade.ts';

const HEADINGS = [
  'uscc',
  'subject_name',
  'site_type',
  'store_name',
  'url',
  'platform',
  'platform_uscc',
  'trade_mode',
  'icp_number',
  'licence_shown',
  'verification',
  'verified_on',
  'store_state',
  'opened_on',
  'closed_on',
  'service_telephone',
  'authority',
  'authority_uscc',
] as const;

/** Makes the sample file of stores. */
export function storesSample(population: Population): SampleFile {
  const stores = storesOf(population, platformsOf(population));
  return {
    fileName: 'stores.jsonl',
    kind: 'jsonl',
    encoding: 'utf-8',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'ecommerce/stores', function* (subject, random) {
      for (const store of stores(subject)) yield storeOf(subject, store, random);
    }),
  };
}

function storeOf(subject: SampleSubject, store: StoreFacts, random: Random): readonly string[] {
  const { platform, closedOn } = store;
  const isRisky = subject.risk === 'HIGH' && subject.index > 0;
  const isSuspended = isRisky && random.chance(0.15);
  const wholesales = subject.industry.code === 'F51' || subject.index === 0;
  return [
    subject.code,
    subject.nameZh,
    store.siteType,
    store.storeName,
    store.url,
    platform?.name ?? '',
    platform?.code ?? '',
    wholesales
      ? 'B2B'
      : random.weighted([
          ['B2C', 80],
          ['O2O', 15],
          ['CROSS_BORDER', 5],
        ]),
    store.icpNumber,
    random.chance(0.95) ? '是' : '否',
    isRisky && random.chance(0.2) ? 'FAILED' : 'VERIFIED',
    store.verifiedOn,
    closedOn !== '' ? 'CLOSED' : isSuspended ? 'SUSPENDED' : 'OPEN',
    store.openedOn,
    closedOn,
    drawTelephone(subject, random),
    platform?.name ?? subject.nameZh,
    platform === null ? subject.code : platform.code,
  ];
}

// The invented authorities that publish sample records: one of each kind in each division of the
// invented province, each with its own credit code.
import { makeCreditCode } from '../values/credit-code.ts';
import { regionOf, type SyntheticRegion } from './synthetic-region.ts';

/** An authority, as it stands in a record file. */
export interface Publisher {
  readonly name: string;
  readonly code: string;
}

const KINDS = {
  TAX: { number: 1, suffix: '税务局' },
  ENVIRONMENT: { number: 2, suffix: '生态环境局' },
  CONSTRUCTION: { number: 3, suffix: '住房和城乡建设局' },
  COURT: { number: 4, suffix: '人民法院' },
  MARKET: { number: 5, suffix: '市场监督管理局' },
  HUMAN_RESOURCES: { number: 6, suffix: '人力资源和社会保障局' },
  COMMERCE: { number: 7, suffix: '商务局' },
  CIVIL_AFFAIRS: { number: 8, suffix: '民政局' },
  AGRICULTURE: { number: 9, suffix: '农业农村局' },
  STAFFING: { number: 10, suffix: '机构编制委员会办公室' },
  EMERGENCY: { number: 11, suffix: '应急管理局' },
  NATURAL_RESOURCES: { number: 12, suffix: '自然资源和规划局' },
  TRANSPORT: { number: 13, suffix: '交通运输局' },
  WATER: { number: 14, suffix: '水务局' },
  CREDIT: { number: 15, suffix: '发展和改革委员会' },
} as const satisfies Record<string, { readonly number: number; readonly suffix: string }>;

/** A kind of authority. */
export type PublisherKind = keyof typeof KINDS;

/** Lists every kind of authority. */
export const PUBLISHER_KINDS = Object.keys(KINDS) as readonly PublisherKind[];

/**
 * Names the authority of a kind that is competent in a region: its district, city or province.
 *
 * @throws RangeError for a region outside the invented province
 */
export function publisherOf(kind: PublisherKind, region: string): Publisher {
  const key = `${kind}/${region}`;
  let publisher = known.get(key);
  if (publisher === undefined) {
    publisher = makePublisher(kind, regionOf(region));
    known.set(key, publisher);
  }
  return publisher;
}

// At most kinds x regions entries; every record of a million subjects asks for one.
const known = new Map<string, Publisher>();

function makePublisher(kind: PublisherKind, region: SyntheticRegion): Publisher {
  const { number, suffix } = KINDS[kind];
  const level = region.code.endsWith('0000') ? '高级' : region.code.endsWith('00') ? '中级' : '';
  const name = region.nameZh + (kind === 'COURT' ? level : '') + suffix;
  const body = `00${String(number).padStart(2, '0')}${region.code.slice(2)}`;
  return { name, code: makeCreditCode('1', '1', region.code, body) };
}

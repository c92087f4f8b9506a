// Who of the invented subjects trades online, on which invented platforms, and in which stores. The
// files of operators, stores and ratings are about the same stores, so all draw them from one stream.
import {
  documentNumber,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleSubject,
} from '../../kit/index.ts';

/** An invented platform; it has a code where an invented subject runs it. */
export interface Platform {
  readonly name: string;
  readonly host: string;
  readonly code: string;
}

/** A store or site of a subject. */
export interface StoreFacts {
  readonly siteType: '平台店铺' | '自建网站' | '小程序' | '直播间';
  readonly storeName: string;
  readonly url: string;
  /** Null for a site of the subject's own. */
  readonly platform: Platform | null;
  readonly icpNumber: string;
  readonly openedOn: string;
  /** Empty while the store is open. */
  readonly closedOn: string;
  readonly verifiedOn: string;
}

const PLATFORMS: readonly (readonly [name: string, host: string])[] = [
  ['岚市集', 'lanmarket.example'],
  ['云禾商城', 'yunhe.example'],
  ['青柚优选', 'qingyou.example'],
  ['星渚直播', 'xingzhu.example'],
  ['海棠批发网', 'haitang.example'],
];

/** Subjects looked at in search of those that run a platform. */
const CANDIDATES_MAX = 500;
const EMPTY_DAY = '';

// Share of the subjects of an industry that trade online.
const SHARES: Readonly<Record<string, number>> = {
  ...{ F52: 0.8, F51: 0.5, H62: 0.4, I65: 0.35, C13: 0.5, C17: 0.4, C39: 0.4, A01: 0.3, O81: 0.2 },
};

/** Lists the platforms, each run by an enterprise of the software trade while there are any. */
export function platformsOf(population: Population): readonly Platform[] {
  const codes: string[] = [];
  for (let at = 1; at < Math.min(population.size, CANDIDATES_MAX); at += 1) {
    const { industry, status, code, category } = population.at(at);
    if (industry.code === 'I65' && status === 'ACTIVE' && category === 'ENTERPRISE')
      codes.push(code);
  }
  return PLATFORMS.map(([name, host], at) => ({ name, host, code: codes[at] ?? '' }));
}

/** Draws the stores of subjects, the same for every file; empty for one that does not trade online. */
export function storesOf(
  population: Population,
  platforms: readonly Platform[],
): (subject: SampleSubject) => readonly StoreFacts[] {
  const root = population.random.fork('ecommerce/store-facts');
  return (subject) => {
    const random = root.fork(subject.index);
    const isFirst = subject.index === 0;
    if (!isFirst && !random.chance(SHARES[subject.industry.code] ?? 0)) return [];
    const count = isFirst ? 3 : Math.min(1 + Math.floor(subject.sizeFactor / 4), 4);
    const stores = Array.from({ length: random.integer(isFirst ? 3 : 1, count) }, (_none, at) =>
      drawStore(subject, at, platforms, random),
    );
    return stores.filter((store) => store.openedOn <= (subject.endedOn ?? SAMPLE_DAY));
  };
}

function drawStore(
  subject: SampleSubject,
  at: number,
  platforms: readonly Platform[],
  random: Random,
): StoreFacts {
  const isFirst = subject.index === 0;
  const drawnType = random.weighted([
    ['平台店铺', 70],
    ['自建网站', 8],
    ['小程序', 12],
    ['直播间', 10],
  ] as const);
  // The worked example has one store on a platform, a site of its own and a channel.
  const siteType = isFirst
    ? ((['平台店铺', '自建网站', '直播间'] as const)[at] ?? drawnType)
    : drawnType;
  const drawnPlatform = platforms[(subject.index + at) % platforms.length] ?? null;
  const platform = siteType === '自建网站' ? null : drawnPlatform;
  const number = subject.index * 10 + at;
  const earliest = subject.establishedOn > '2019-01-01' ? subject.establishedOn : '2019-01-01';
  const openedOn = random.dateBetween(earliest, '2026-02-28');
  const closes = !isFirst && (subject.endedOn !== null || random.chance(0.06));
  const lastDay = subject.endedOn ?? SAMPLE_DAY;
  const closedOn = closes ? random.dateBetween(openedOn, lastDay) : EMPTY_DAY;
  const verifiedBy = closedOn === EMPTY_DAY ? SAMPLE_DAY : closedOn;
  const verifiedFrom = openedOn > '2025-07-01' || closes ? openedOn : '2025-07-01';
  const city = `${subject.regionCode.slice(0, 4)}00`;
  const filed = Number(openedOn.slice(0, 4));
  return {
    siteType,
    storeName: `${tradeNameOf(subject)}${{ 平台店铺: '旗舰店', 自建网站: '官网', 小程序: '商城', 直播间: '直播间' }[siteType]}${at > 0 ? at + 1 : ''}`,
    url:
      platform === null
        ? `https://www.s${number}.example/`
        : `https://${platform.host}/shop/${number}`,
    platform,
    icpNumber: platform === null ? documentNumber('ICP', city, filed, number) : '',
    openedOn,
    closedOn,
    verifiedOn: random.dateBetween(verifiedFrom, verifiedBy),
  };
}

/** Takes the legal form off a name, as stores do. */
function tradeNameOf({ nameZh }: SampleSubject): string {
  return nameZh.replace(/(?:股份有限公司|有限责任公司|有限公司|合伙企业（有限合伙）)$/u, '');
}

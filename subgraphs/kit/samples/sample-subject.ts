// One invented subject: what its registrar would say of it, and how prone it is to bad records.
// Nothing in it is a person: no representative, no operator, no private address.
import type { Random } from './random.ts';
import { addressIn } from './synthetic-address.ts';
import { publisherOf, type Publisher, type PublisherKind } from './publisher.ts';
import { creditCodeOf, registrationNumberOf, type CodePrefix } from './synthetic-code.ts';
import { makeName, type SampleCategory, type SyntheticName } from './synthetic-name.ts';
import { SYNTHETIC_CITIES, SYNTHETIC_DISTRICTS } from './synthetic-region.ts';
import { INDUSTRIES } from './synthetic-words.ts';

/** Names subject 0, of which every sector shows a record of every type. */
export const FIRST_SUBJECT_CODE = '91990101MA7K3P2Q8J';

/** Names the day on which all samples are told: no record is decided or published later. */
export const SAMPLE_DAY = '2026-06-30';

/** How a subject stands with its registrar. */
export type SampleStatus = 'ACTIVE' | 'CANCELLED' | 'REVOKED' | 'MOVED_OUT';

/** One invented subject. */
export interface SampleSubject {
  readonly index: number;
  /** Valid credit code with region 99....; unique. */
  readonly code: string;
  readonly category: SampleCategory;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Earlier names, the oldest first, each with the last day it was borne. */
  readonly formerNames: readonly { readonly nameZh: string; readonly until: string }[];
  readonly legalForm: { readonly zh: string; readonly en: string };
  readonly establishedOn: string;
  readonly status: SampleStatus;
  /** Day of cancellation, revocation or departure; null while ACTIVE. */
  readonly endedOn: string | null;
  readonly registrar: Publisher;
  /** Six digits, those in the code: a district, sometimes a city. */
  readonly regionCode: string;
  /** Business address in the region, in Chinese. */
  readonly address: string;
  /** Division of GB/T 4754: E47 is building, F52 retail. */
  readonly industry: { readonly code: string; readonly nameZh: string; readonly nameEn: string };
  readonly identifiers: readonly {
    readonly scheme: 'REGISTRATION_NUMBER' | 'ORGANISATION_CODE' | 'TAX_NUMBER';
    readonly value: string;
  }[];
  /** Scale of business from 0.1 (a kiosk) to 100 (a group); multiply amounts and counts by it. */
  readonly sizeFactor: number;
  /** How much of what is bad a sector should draw: see badRecordCount. */
  readonly risk: SampleRisk;
}

/** How prone a subject is: about 80, 15 and 5 of 100. Subject 0 is HIGH. */
export type SampleRisk = 'LOW' | 'MEDIUM' | 'HIGH';

/**
 * Draws how many bad records of one type a subject has: mostly none where the risk is LOW, up to
 * two where MEDIUM, one to five where HIGH.
 *
 * @param rate scales the chance that a subject has any: 1 for a common type, 0.1 for a rare one
 */
export function badRecordCount(subject: SampleSubject, random: Random, rate = 1): number {
  switch (subject.risk) {
    case 'LOW':
      return random.chance(0.03 * rate) ? 1 : 0;
    case 'MEDIUM':
      return random.chance(0.5 * rate) ? random.integer(1, 2) : 0;
    case 'HIGH':
      return random.chance(0.95 * rate) || subject.index === 0 ? random.integer(1, 5) : 0;
  }
}

const PREFIX_OF: Readonly<Record<SampleCategory, CodePrefix>> = {
  ENTERPRISE: '91',
  INDIVIDUAL_HOUSEHOLD: '92',
  FARMERS_COOPERATIVE: '93',
  PUBLIC_INSTITUTION: '12',
  SOCIAL_BODY: '51',
  PRIVATE_NON_ENTERPRISE: '52',
  FOUNDATION: '53',
  VILLAGE_COLLECTIVE: 'N2',
  OTHER: 'Y1',
};

const CATEGORIES: readonly (readonly [SampleCategory, number])[] = [
  ['ENTERPRISE', 760],
  ['INDIVIDUAL_HOUSEHOLD', 130],
  ['FARMERS_COOPERATIVE', 40],
  ['PUBLIC_INSTITUTION', 25],
  ['SOCIAL_BODY', 15],
  ['PRIVATE_NON_ENTERPRISE', 12],
  ['VILLAGE_COLLECTIVE', 10],
  ['FOUNDATION', 4],
  ['OTHER', 4],
];

const REGISTRAR_OF: Readonly<Record<string, PublisherKind>> = {
  '9': 'MARKET',
  '1': 'STAFFING',
  '5': 'CIVIL_AFFAIRS',
  N: 'AGRICULTURE',
  Y: 'MARKET',
};

const STATUSES: readonly (readonly [SampleStatus, number])[] = [
  ['ACTIVE', 90],
  ['CANCELLED', 5],
  ['REVOKED', 3],
  ['MOVED_OUT', 2],
];

const RISKS: readonly (readonly [SampleRisk, number])[] = [
  ['LOW', 80],
  ['MEDIUM', 15],
  ['HIGH', 5],
];

// The unified code replaced registration number and organisation code on this day.
const UNIFIED_ON = '2015-10-01';

/** Makes subject `index` (not 0) from its own stream. */
export function makeSubject(index: number, random: Random): SampleSubject {
  const category = random.weighted(CATEGORIES);
  const isLarge = category === 'ENTERPRISE' && random.chance(0.06);
  const region = random.pick(isLarge ? SYNTHETIC_CITIES : SYNTHETIC_DISTRICTS).code;
  const name = makeName(category, region, random);
  const isOld = random.chance(category === 'INDIVIDUAL_HOUSEHOLD' ? 0.1 : 0.3);
  const establishedOn = isOld
    ? random.dateBetween('1994-01-10', '2015-09-30')
    : random.dateBetween('2015-10-08', '2025-12-31');
  const status = random.weighted(STATUSES);
  const code = creditCodeOf(index, PREFIX_OF[category], region, isOld && random.chance(0.6));
  return {
    index,
    code,
    category,
    ...describe(name, region, random),
    registrar: registrarOf(code, region),
    formerNames: drawFormerNames(category, region, establishedOn, random),
    establishedOn,
    status,
    endedOn: status === 'ACTIVE' ? null : random.dateBetween(establishedOn, SAMPLE_DAY),
    identifiers: identifiersOf(index, code, establishedOn),
    sizeFactor: drawSize(isLarge, random),
    risk: random.weighted(RISKS),
  };
}

/** Makes subject 0, the worked example: an enterprise of the building trade, old and HIGH. */
export function makeFirstSubject(random: Random): SampleSubject {
  const region = '990101';
  const code = creditCodeOf(0, '91', region, false);
  const industry = INDUSTRIES.find((each) => each.code === 'E47');
  if (industry === undefined) throw new Error('The industries lack building.');
  const name: SyntheticName = {
    zh: '云州星河建设科技股份有限公司',
    en: 'Yunzhou Xinghe Construction Technology Co., Ltd.',
    legalForm: { zh: '股份有限公司', en: 'Joint Stock Co., Ltd.' },
    industry,
  };
  return {
    index: 0,
    code,
    category: 'ENTERPRISE',
    ...describe(name, region, random),
    registrar: registrarOf(code, region),
    formerNames: [{ nameZh: '云州市星河建筑工程有限公司', until: '2018-05-20' }],
    establishedOn: '2009-03-16',
    status: 'ACTIVE',
    endedOn: null,
    identifiers: identifiersOf(0, code, '2009-03-16'),
    sizeFactor: 8,
    risk: 'HIGH',
  };
}

function describe(
  name: SyntheticName,
  region: string,
  random: Random,
): Pick<SampleSubject, 'nameZh' | 'nameEn' | 'legalForm' | 'industry' | 'regionCode' | 'address'> {
  const { code, nameZh, nameEn } = name.industry;
  return {
    nameZh: name.zh,
    nameEn: name.en,
    legalForm: name.legalForm,
    industry: { code, nameZh, nameEn },
    regionCode: region,
    address: addressIn(region, random),
  };
}

function registrarOf(code: string, region: string): Publisher {
  return publisherOf(REGISTRAR_OF[code.charAt(0)] ?? 'MARKET', region);
}

function drawFormerNames(
  category: SampleCategory,
  region: string,
  establishedOn: string,
  random: Random,
): SampleSubject['formerNames'] {
  if (!random.chance(0.08)) return [];
  const first = random.dateBetween(establishedOn, SAMPLE_DAY);
  const names = [{ nameZh: makeName(category, region, random).zh, until: first }];
  if (random.chance(0.2)) {
    const until = random.dateBetween(first, SAMPLE_DAY);
    if (until > first) names.push({ nameZh: makeName(category, region, random).zh, until });
  }
  return names;
}

function identifiersOf(
  index: number,
  code: string,
  establishedOn: string,
): SampleSubject['identifiers'] {
  const organisation = code.slice(8, 17);
  const region = code.slice(2, 8);
  const own = {
    scheme: 'ORGANISATION_CODE',
    value: `${organisation.slice(0, 8)}-${organisation.slice(8)}`,
  } as const;
  if (establishedOn >= UNIFIED_ON) return [own];
  return [
    { scheme: 'REGISTRATION_NUMBER', value: registrationNumberOf(index, region) },
    own,
    { scheme: 'TAX_NUMBER', value: region + organisation },
  ];
}

function drawSize(isLarge: boolean, random: Random): number {
  const [least, most] = isLarge
    ? [80, 1000]
    : random.weighted([
        [[1, 5], 60],
        [[5, 30], 32],
        [[30, 120], 8],
      ] as const);
  return random.integer(least, most) / 10;
}

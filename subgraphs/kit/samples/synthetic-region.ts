// The invented province that all samples live in. Division codes begin with 99, which GB/T 2260
// assigns to nobody, so that no sample can be taken for a record of a real place or enterprise.

/** Describes a division of the invented province: the province, one of its cities or one of their districts. */
export interface SyntheticRegion {
  /** Six digits, always 99....; `990000` is the province, `990100` a city, `990101` a district. */
  readonly code: string;
  /** Full name with the city before the district, for example 云州市星湾区. */
  readonly nameZh: string;
  readonly nameEn: string;
  /** Name of the city without 市, as enterprises write it: 云州; of the province: 岚海. */
  readonly shortZh: string;
  readonly shortEn: string;
}

const PROVINCE: SyntheticRegion = {
  code: '990000',
  nameZh: '岚海省',
  nameEn: 'Lanhai Province',
  shortZh: '岚海',
  shortEn: 'Lanhai',
};

const CITY_NAMES: readonly (readonly [zh: string, en: string])[] = [
  ['云州', 'Yunzhou'],
  ['澜川', 'Lanchuan'],
  ['青岚', 'Qinglan'],
  ['星渚', 'Xingzhu'],
  ['霁海', 'Jihai'],
  ['禾原', 'Heyuan'],
  ['沧岭', 'Cangling'],
  ['玉汀', 'Yuting'],
  ['枫泽', 'Fengze'],
];

const DISTRICT_NAMES: readonly (readonly [zh: string, en: string])[] = [
  ['星湾区', 'Xingwan District'],
  ['北苑区', 'Beiyuan District'],
  ['澄湖区', 'Chenghu District'],
  ['听松区', 'Tingsong District'],
  ['望汐区', 'Wangxi District'],
  ['临溪县', 'Linxi County'],
  ['云栖县', 'Yunqi County'],
  ['高新技术产业开发区', 'High-Tech Zone'],
];

/** Lists the nine cities, `990100` to `990900`. */
export const SYNTHETIC_CITIES: readonly SyntheticRegion[] = CITY_NAMES.map(([zh, en], at) => ({
  code: `990${at + 1}00`,
  nameZh: `${zh}市`,
  nameEn: en,
  shortZh: zh,
  shortEn: en,
}));

/** Lists all districts; eight to a city, `..01` to `..08`. */
export const SYNTHETIC_DISTRICTS: readonly SyntheticRegion[] = SYNTHETIC_CITIES.flatMap((city) =>
  DISTRICT_NAMES.map(([zh, en], at) => ({
    ...city,
    code: `${city.code.slice(0, 4)}0${at + 1}`,
    nameZh: `${city.nameZh}${zh}`,
    nameEn: `${en}, ${city.nameEn}`,
  })),
);

const BY_CODE: ReadonlyMap<string, SyntheticRegion> = new Map(
  [PROVINCE, ...SYNTHETIC_CITIES, ...SYNTHETIC_DISTRICTS].map((region) => [region.code, region]),
);

/**
 * Finds a region by its code.
 *
 * @throws RangeError for a code outside the invented province
 */
export function regionOf(code: string): SyntheticRegion {
  const region = BY_CODE.get(code);
  if (region === undefined) throw new RangeError(`No synthetic region has the code ${code}.`);
  return region;
}

/** Finds the city that a district belongs to; a city or the province is returned as it is. */
export function cityOf(code: string): SyntheticRegion {
  return regionOf(code === PROVINCE.code ? code : `${code.slice(0, 4)}00`);
}

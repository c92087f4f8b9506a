// What an invented subject discharges: which trades need a permit, of which tier, and for what.
import { SAMPLE_DAY, type SampleSubject } from '../../kit/index.ts';

/** A pollutant of a trade. */
export interface Pollutant {
  readonly name: string;
  readonly medium: 'WATER' | 'AIR';
  /** Limit of concentration, with its unit. */
  readonly limit: number;
  readonly unit: 'mg/L' | 'mg/m³';
}

/** A trade with discharges. */
export interface Trade {
  readonly pollutants: readonly Pollutant[];
  readonly standards: readonly string[];
  readonly process: string;
  readonly materials: readonly string[];
}

const COD: Pollutant = { name: '化学需氧量', medium: 'WATER', limit: 80, unit: 'mg/L' };
const AMMONIA: Pollutant = { name: '氨氮', medium: 'WATER', limit: 15, unit: 'mg/L' };
const PHOSPHORUS: Pollutant = { name: '总磷', medium: 'WATER', limit: 0.5, unit: 'mg/L' };
const CHROMIUM: Pollutant = { name: '总铬', medium: 'WATER', limit: 1, unit: 'mg/L' };
const DUST: Pollutant = { name: '颗粒物', medium: 'AIR', limit: 30, unit: 'mg/m³' };
const SULPHUR: Pollutant = { name: '二氧化硫', medium: 'AIR', limit: 50, unit: 'mg/m³' };
const NITROGEN: Pollutant = { name: '氮氧化物', medium: 'AIR', limit: 100, unit: 'mg/m³' };
const ORGANIC: Pollutant = { name: '挥发性有机物', medium: 'AIR', limit: 60, unit: 'mg/m³' };

const WATER_STANDARD = 'GB 8978-1996';
const AIR_STANDARD = 'GB 16297-1996';

const TRADES: Readonly<Record<string, Trade>> = {
  C13: trade([COD, AMMONIA, PHOSPHORUS], '清洗、蒸煮', '粮食 食用油 包装材料'),
  C17: trade([COD, AMMONIA, ORGANIC], '染色、定型', '纱线 活性染料 助剂'),
  C26: trade([COD, AMMONIA, ORGANIC], '聚合反应、精馏', '有机单体 催化剂 溶剂'),
  C30: trade([DUST, SULPHUR, NITROGEN], '配料、煅烧', '石灰石 黏土 煤'),
  C33: trade([COD, CHROMIUM, DUST], '酸洗、电镀', '钢材 硫酸 铬酐'),
  C35: trade([DUST, ORGANIC], '机加工、喷涂', '钢材 切削液 涂料'),
  C39: trade([COD, AMMONIA, ORGANIC], '蚀刻、清洗', '覆铜板 蚀刻液 清洗剂'),
  D44: trade([DUST, SULPHUR, NITROGEN], '燃煤锅炉供热', '煤 石灰石 尿素'),
};

// The worked example builds, and mixes its own concrete.
const CONCRETE_PLANT = trade([DUST, SULPHUR, COD], '混凝土搅拌', '水泥 砂石 外加剂');

/** Finds the trade of a subject; null where it discharges nothing that needs a permit. */
export function tradeOf(subject: SampleSubject): Trade | null {
  if (subject.index === 0) return CONCRETE_PLANT;
  if (subject.category !== 'ENTERPRISE') return null;
  return TRADES[subject.industry.code] ?? null;
}

/** Tells the last day on which a subject could be decided about. */
export function lastDayOf(subject: SampleSubject): string {
  return subject.endedOn !== null && subject.endedOn < SAMPLE_DAY ? subject.endedOn : SAMPLE_DAY;
}

/** Returns the later of two days. */
export function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}

/** Moves a day by whole years; 29 February becomes the 28th. */
export function addYears(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) + years}${date.slice(4).replace('02-29', '02-28')}`;
}

function trade(pollutants: readonly Pollutant[], process: string, materials: string): Trade {
  const hasWater = pollutants.some((each) => each.medium === 'WATER');
  const hasAir = pollutants.some((each) => each.medium === 'AIR');
  const standards = [...(hasWater ? [WATER_STANDARD] : []), ...(hasAir ? [AIR_STANDARD] : [])];
  return { pollutants, standards, process, materials: materials.split(' ') };
}

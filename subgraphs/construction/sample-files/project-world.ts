// The invented projects behind all sample files about projects: each a function of its builder, so
// that the files agree without being read.
import {
  dateOfDay,
  dayNumber,
  documentNumber,
  drawYuan,
  regionOf,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleRow,
  type SampleSubject,
} from '../../kit/index.ts';
import { contractorsOf, type Contractor, type Trade } from './contractors.ts';

/** A stage of an invented project. */
export interface SampleStage {
  readonly number: string;
  readonly day: string;
}

/** An invented project with the stages it has reached. */
export interface SampleProject {
  readonly builder: SampleSubject;
  readonly number: string;
  readonly name: string;
  readonly type: '房屋建筑工程' | '市政工程';
  readonly purpose: string;
  readonly region: string;
  readonly address: string;
  readonly serial: number;
  readonly year: number;
  readonly registeredOn: string;
  readonly investmentYuan: number;
  readonly areaSquareMetres: number;
  readonly isClassified: boolean;
  readonly parties: Readonly<Record<Trade, Contractor>>;
  readonly tender: SampleStage | null;
  readonly contract: SampleStage | null;
  readonly review: SampleStage | null;
  readonly licence: SampleStage | null;
  readonly completion: SampleStage | null;
}

const ESTATES = '晨光里 云栖府 望海苑 澄湖湾 枫林郡 竹溪里 星河城 松涛苑 新港 科创园'.split(' ');
const PHASES = ['', '', '一期', '二期', '三期'];
const BUILDINGS: readonly (readonly [kind: string, purpose: string])[] = [
  ['住宅小区项目', '居住建筑'],
  ['人才公寓项目', '居住建筑'],
  ['商业综合体项目', '商业建筑'],
  ['办公楼项目', '办公建筑'],
  ['实验学校教学楼项目', '教育建筑'],
  ['门诊综合楼项目', '医疗建筑'],
  ['标准厂房项目', '工业建筑'],
  ['物流仓库项目', '仓储建筑'],
];
const WORKS: readonly (readonly [kind: string, purpose: string])[] = [
  ['道路改造工程', '城市道路'],
  ['雨污分流工程', '排水'],
  ['污水处理厂扩建工程', '污水处理'],
  ['跨河桥梁工程', '城市桥梁'],
  ['综合管廊工程', '管廊'],
];

const EARLIEST = '2017-01-03';

/** Makes the rows of a file about projects, builder by builder, project by project. */
export function rowsByProject(
  population: Population,
  rowsOf: (project: SampleProject, random: Random) => Iterable<SampleRow>,
): () => Generator<SampleRow, void, undefined> {
  return function* () {
    const root = population.random.fork('construction/projects');
    for (const builder of population.subjects()) {
      const random = root.fork(builder.index);
      const count = builder.index === 0 ? 4 : drawCount(builder, random);
      for (let at = 0; at < count; at += 1) {
        const own = random.fork(at);
        const project = makeProject(population, builder, at, own);
        if (project !== null) yield* rowsOf(project, own.fork('rows'));
      }
    }
  };
}

function drawCount(builder: SampleSubject, random: Random): number {
  const { category, industry } = builder;
  if (category === 'INDIVIDUAL_HOUSEHOLD') return 0;
  const chances: Readonly<Record<string, number>> = { K70: 1, E47: 0.45, E48: 0.45, P83: 0.5 };
  return random.chance(chances[industry.code] ?? 0.05) ? random.integer(1, 3) : 0;
}

function makeProject(
  population: Population,
  builder: SampleSubject,
  at: number,
  random: Random,
): SampleProject | null {
  const isFirst = builder.index === 0;
  const earliest = builder.establishedOn > EARLIEST ? builder.establishedOn : EARLIEST;
  const latest = builder.endedOn ?? SAMPLE_DAY;
  const registeredOn = isFirst
    ? (['2021-03-18', '2024-09-10', '2026-03-05', '2025-06-16'][at] ?? SAMPLE_DAY)
    : random.dateBetween(earliest, latest);
  if (registeredOn > latest) return null;
  const isBuilding = random.chance(0.75);
  const [kind, purpose] = random.pick(isBuilding ? BUILDINGS : WORKS);
  const region = builder.regionCode;
  const estate = `${random.pick(ESTATES)}${random.pick(PHASES)}`;
  const year = Number(registeredOn.slice(0, 4));
  const organisation = builder.code.slice(8, 17);
  const parties = contractorsOf(population, random.fork('parties'));
  return {
    builder,
    number: `${region}${organisation}${year}${String(at + 1).padStart(3, '0')}`,
    name: `${regionOf(region).nameZh}${estate}${kind}`,
    type: isBuilding ? '房屋建筑工程' : '市政工程',
    purpose,
    region,
    address: `${regionOf(region).nameZh}${random.pick(ESTATES)}路${random.integer(1, 600)}号地块`,
    serial: builder.index * 4 + at + 1,
    year,
    registeredOn,
    investmentYuan: drawYuan(random, 5_000_000, 2_000_000_000, 10_000),
    areaSquareMetres: random.integer(800, 180_000),
    isClassified: isFirst ? at === 3 : random.chance(0.01),
    // Subject 0 builds its first project itself, so that it is a contractor too.
    parties: isFirst && at === 0 ? { ...parties, BUILD: builder } : parties,
    ...stagesOf(builder, at, registeredOn, random.fork('stages')),
  };
}

type Stages = Pick<SampleProject, 'tender' | 'contract' | 'review' | 'licence' | 'completion'>;

/** Each stage comes some time after the one before; the chain ends at one that has not come yet. */
function stagesOf(
  builder: SampleSubject,
  at: number,
  registeredOn: string,
  random: Random,
): Stages {
  const region = builder.regionCode;
  const serial = builder.index * 4 + at + 1;
  const reached = builder.index === 0 ? ([5, 4, 1, 2][at] ?? 0) : random.integer(2, 7);
  let day = registeredOn;
  let stages = 0;
  const next = (
    least: number,
    most: number,
    numberOf: (year: number) => string,
  ): SampleStage | null => {
    day = dateOfDay(dayNumber(day) + random.integer(least, most));
    stages += 1;
    if (stages > reached || day > SAMPLE_DAY) return null;
    return { number: numberOf(Number(day.slice(0, 4))), day };
  };
  return {
    tender: next(20, 100, (year) => documentNumber('TENDER', region, year, serial)),
    contract: next(10, 40, (year) => documentNumber('CONTRACT', region, year, serial)),
    review: next(20, 80, (year) => `SC-${region}-${year}-${String(serial).padStart(5, '0')}`),
    licence: next(10, 50, (year) => documentNumber('CONSTRUCTION_LICENCE', region, year, serial)),
    completion: next(180, 800, (year) => `JG-${region}-${year}-${String(serial).padStart(5, '0')}`),
  };
}

// Sample good and bad conduct of the firms of the building trade.
import {
  addLength,
  badRecordCount,
  documentNumber,
  drawYuan,
  LEGAL_BASES,
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  withAwkwardRows,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { inWan } from './stages.ts';

/** Industries in which conduct on the building market is recorded often. */
export const BUILDING_INDUSTRIES: ReadonlySet<string> = new Set([
  'E47',
  'E48',
  'E50',
  'M74',
  'K70',
]);

const GOOD_HEADINGS = [
  '统一社会信用代码',
  '企业名称',
  '表彰决定文号',
  '奖项名称',
  '表彰部门级别',
  '表彰内容',
  '表彰日期',
  '发布单位',
  '发布单位统一社会信用代码',
] as const;

const BAD_HEADINGS = [
  '统一社会信用代码',
  '企业名称',
  '不良行为认定文号',
  '不良行为类别',
  '行为代码',
  '责任主体类别',
  '主要事实',
  '认定依据',
  '处罚内容',
  '罚款金额(万元)',
  '失信严重程度',
  '认定日期',
  '处罚有效期',
  '公示截止日期',
  '发布单位',
  '发布单位统一社会信用代码',
  '信息状态',
] as const;

const HONOURS: readonly (readonly [title: string, level: string])[] = [
  ['岚海杯优质工程奖', '省级'],
  ['省级建筑施工安全文明标准化工地', '省级'],
  ['市优质结构工程', '地市级'],
  ['市建筑业先进企业', '地市级'],
  ['区质量管理先进单位', '区县级'],
];

const MISCONDUCT: readonly (readonly [category: string, code: string, facts: string])[] = [
  ['工程质量', 'D1-3-05', '未按照经审查合格的施工图设计文件施工，部分楼板钢筋间距超过规范允许偏差'],
  ['工程安全', 'D1-4-12', '施工现场临边洞口未按规定设置防护设施，脚手架连墙件数量不足'],
  ['承揽业务', 'D1-2-08', '将承包的主体结构工程分包给不具备相应资质条件的单位施工'],
  ['资质', 'D1-1-03', '超越本单位资质等级承揽工程，并以其他单位名义参加现场管理'],
  ['招标投标', 'D1-2-01', '与其他投标单位的投标文件由同一台计算机编制，经认定属于串通投标'],
];

/** Makes the sample file of good conduct. */
export function goodConductSample(population: Population): SampleFile {
  return {
    fileName: 'good-conduct.xlsx',
    kind: 'xlsx',
    encoding: 'utf-8',
    typed: ['表彰日期'],
    headings: GOOD_HEADINGS,
    rows: rowsBySubject(population, 'construction/good-conduct', goodConductOf),
  };
}

/** Makes the sample file of bad conduct; it has the awkward rows of real exports. */
export function badConductSample(population: Population): SampleFile {
  const file: SampleFile = {
    fileName: 'bad-conduct.csv',
    kind: 'csv',
    encoding: 'gb18030',
    headings: BAD_HEADINGS,
    rows: rowsBySubject(population, 'construction/bad-conduct', badConductOf),
  };
  return withAwkwardRows(file, population.random.fork('construction/bad-conduct'), {
    code: '统一社会信用代码',
    text: '主要事实',
    until: '公示截止日期',
    deadline: '处罚有效期',
    digits: '认定日期',
    optional: '行为代码',
  });
}

function* goodConductOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const isFirst = subject.index === 0;
  const isBuilding = BUILDING_INDUSTRIES.has(subject.industry.code);
  if (!isFirst && !(isBuilding && subject.risk === 'LOW' && random.chance(0.5))) return;
  const earliest = subject.establishedOn > '2023-07-03' ? subject.establishedOn : '2023-07-03';
  const day = isFirst ? '2026-05-12' : random.dateBetween(earliest, SAMPLE_DAY);
  const [title, level] = random.pick(HONOURS);
  const office = publisherOf('CONSTRUCTION', subject.regionCode);
  const year = Number(day.slice(0, 4));
  yield [
    subject.code,
    subject.nameZh,
    documentNumber('CONSTRUCTION_COMMENDATION', subject.regionCode, year, subject.index + 1),
    title,
    level,
    `${subject.nameZh}在${year}年度工程建设中质量安全管理成绩突出，予以通报表扬。`,
    day,
    office.name,
    office.code,
  ];
}

function* badConductOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const isBuilding = BUILDING_INDUSTRIES.has(subject.industry.code);
  const count = badRecordCount(subject, random, isBuilding ? 1 : 0.06);
  for (let at = 0; at < count; at += 1) {
    const isFixed = subject.index === 0 && at === 0;
    const earliest = subject.establishedOn > '2023-01-03' ? subject.establishedOn : '2023-01-03';
    const day = isFixed ? '2026-02-27' : random.dateBetween(earliest, SAMPLE_DAY);
    const severity = isFixed
      ? '严重'
      : random.weighted([
          ['轻微', 15],
          ['一般', 55],
          ['严重', 30],
        ]);
    const [category, code, facts] = random.pick(MISCONDUCT);
    const months = severity === '严重' ? 36 : random.pick([6, 12, 18]);
    const hasTerm = severity === '严重' && random.chance(0.5);
    const fine = drawYuan(random, 10_000, 800_000, 1_000);
    const office = publisherOf('CONSTRUCTION', subject.regionCode);
    const serial = subject.index * 5 + at + 1;
    yield [
      subject.code,
      subject.nameZh,
      documentNumber('CONSTRUCTION_PENALTY', subject.regionCode, Number(day.slice(0, 4)), serial),
      category,
      code,
      '施工',
      `经${office.name}查明，${subject.nameZh}在承建的工程中${facts}，经责令改正后仍未在规定期限内完成整改。`,
      random.pick(LEGAL_BASES.CONSTRUCTION),
      hasTerm ? '罚款，暂停参加投标活动一年。' : '罚款，责令改正。',
      inWan(fine),
      severity,
      day,
      hasTerm ? addLength(day, { years: 1 }) : '',
      addLength(day, { months }),
      office.name,
      office.code,
      isFixed || random.chance(0.95) ? '有效' : '已修复',
    ];
  }
}

// Sample qualifications of the firms of the building trade.
import {
  addLength,
  documentNumber,
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';

const HEADINGS = [
  '统一社会信用代码',
  '企业名称',
  '资质证书编号',
  '资质名称',
  '资质等级',
  '发证日期',
  '有效期起',
  '有效期止',
  '发证机关',
  '发证机关统一社会信用代码',
  '证书状态',
] as const;

const BY_INDUSTRY: Readonly<Record<string, readonly string[]>> = {
  E47: ['建筑工程施工总承包', '钢结构工程专业承包', '地基基础工程专业承包'],
  E48: ['市政公用工程施工总承包', '公路工程施工总承包', '桥梁工程专业承包'],
  E50: ['建筑装修装饰工程专业承包', '建筑幕墙工程专业承包'],
  M74: ['工程设计建筑行业', '工程勘察专业类', '房屋建筑工程监理', '建设工程质量检测机构'],
  K70: ['房地产开发企业资质'],
};

const FIRST_DAY = '2017-01-03';

/** Makes the sample file of qualifications. */
export function qualificationsSample(population: Population): SampleFile {
  return {
    fileName: 'qualifications.csv',
    kind: 'csv',
    encoding: 'utf-8-bom',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'construction/qualifications', qualificationsOf),
  };
}

function* qualificationsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const names = BY_INDUSTRY[subject.industry.code];
  if (names === undefined || subject.category !== 'ENTERPRISE') return;
  const isFirst = subject.index === 0;
  const count = isFirst ? 3 : random.integer(1, Math.min(2, names.length));
  const issuer = publisherOf('CONSTRUCTION', subject.regionCode);
  for (const [at, name] of random.shuffle(names).slice(0, count).entries()) {
    const earliest = subject.establishedOn > FIRST_DAY ? subject.establishedOn : FIRST_DAY;
    const issuedOn = isFirst ? '2023-08-22' : random.dateBetween(earliest, SAMPLE_DAY);
    const validTo = addLength(issuedOn, { years: 5 });
    const serial = subject.index * 3 + at + 1;
    yield [
      subject.code,
      subject.nameZh,
      documentNumber('QUALIFICATION', subject.regionCode, Number(issuedOn.slice(0, 4)), serial),
      name,
      gradeOf(subject, random),
      issuedOn,
      issuedOn,
      random.chance(0.05) ? '9999-9-9' : validTo,
      issuer.name,
      issuer.code,
      statusOf(subject, validTo, random),
    ];
  }
}

function gradeOf(subject: SampleSubject, random: Random): string {
  if (subject.industry.code === 'M74') return random.pick(['甲级', '乙级', '乙级', '丙级']);
  return random.weighted([
    ['特级', subject.sizeFactor > 20 ? 20 : 0],
    ['一级', 25],
    ['二级', 45],
    ['三级', 30],
  ]);
}

function statusOf(subject: SampleSubject, validTo: string, random: Random): string {
  if (subject.status !== 'ACTIVE') return '注销';
  if (validTo < SAMPLE_DAY) return '过期';
  if (subject.risk === 'HIGH' && random.chance(0.1)) return '暂扣';
  return '有效';
}

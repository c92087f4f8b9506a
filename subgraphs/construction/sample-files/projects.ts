// Sample projects, and what parties did in them.
import {
  documentNumber,
  publisherOf,
  writeYuan,
  type Population,
  type Random,
  type SampleFile,
} from '../../kit/index.ts';
import type { Trade } from './contractors.ts';
import { rowsByProject, type SampleProject } from './project-world.ts';
import { inWan } from './stages.ts';

const PROJECT_HEADINGS = [
  '建设单位统一社会信用代码',
  '建设单位',
  '项目编号',
  '项目名称',
  '项目类别',
  '项目所在区划代码',
  '项目地址',
  '立项文号',
  '立项级别',
  '建设用地规划许可证编号',
  '建设工程规划许可证编号',
  '总投资(万元)',
  '总面积(平方米)',
  '建设性质',
  '工程用途',
  '计划开工日期',
  '计划竣工日期',
  '实际造价(万元)',
  '记录登记日期',
  '是否涉密工程',
  '发布单位',
  '发布单位统一社会信用代码',
] as const;

const PARTICIPATION_HEADINGS = [
  '参建单位统一社会信用代码',
  '参建单位名称',
  '建设单位统一社会信用代码',
  '建设单位',
  '项目编号',
  '项目名称',
  '参建角色',
  '参建环节',
  '合同金额(元)',
  '参建日期',
  '是否涉密工程',
  '发布单位',
] as const;

/** Makes the sample file of projects. */
export function projectsSample(population: Population): SampleFile {
  return {
    fileName: 'projects.csv',
    kind: 'csv',
    encoding: 'utf-8-bom',
    headings: PROJECT_HEADINGS,
    rows: rowsByProject(population, projectRow),
  };
}

/** Makes the sample file of participations. */
export function participationsSample(population: Population): SampleFile {
  return {
    fileName: 'participations.xlsx',
    kind: 'xlsx',
    encoding: 'utf-8',
    typed: ['参建日期'],
    headings: PARTICIPATION_HEADINGS,
    rows: rowsByProject(population, participationRows),
  };
}

function* projectRow(project: SampleProject, random: Random): Generator<readonly string[]> {
  const { builder, region, year, serial, registeredOn } = project;
  const office = publisherOf('CONSTRUCTION', region);
  const plan = project.contract !== null;
  const cost = project.completion === null ? 0 : project.investmentYuan * 0.9;
  yield [
    builder.code,
    builder.nameZh,
    project.number,
    project.name,
    project.type,
    region,
    project.address,
    `${region}-${year}-${String(serial).padStart(5, '0')}`,
    random.weighted([
      ['区县级', 60],
      ['地市级', 30],
      ['省级', 10],
    ]),
    plan ? documentNumber('LAND_PLAN', region, year, serial) : '',
    plan ? documentNumber('PROJECT_PLAN', region, year, serial) : '',
    inWan(project.investmentYuan),
    String(project.areaSquareMetres),
    random.weighted([
      ['新建', 80],
      ['改建', 12],
      ['扩建', 8],
    ]),
    project.purpose,
    project.licence?.day ?? '',
    project.completion?.day ?? '',
    cost === 0 ? '' : inWan(cost),
    registeredOn,
    project.isClassified ? '是' : '否',
    office.name,
    office.code,
  ];
}

const ROLE_NAMES: readonly (readonly [trade: Trade, role: string, share: number])[] = [
  ['SURVEY', '勘察', 0.01],
  ['DESIGN', '设计', 0.03],
  ['BUILD', '施工', 0.9],
  ['SUPERVISE', '监理', 0.02],
];

function* participationRows(project: SampleProject): Generator<readonly string[]> {
  const row = (
    trade: Trade,
    role: string,
    stage: string,
    amountYuan: number | null,
    day: string,
  ): readonly string[] => [
    project.parties[trade].code,
    project.parties[trade].nameZh,
    project.builder.code,
    project.builder.nameZh,
    project.number,
    project.name,
    role,
    stage,
    amountYuan === null ? '' : writeYuan(amountYuan, 'thousands'),
    day,
    project.isClassified ? '是' : '否',
    publisherOf('CONSTRUCTION', project.region).name,
  ];
  const { contract, completion } = project;
  if (contract !== null) {
    for (const [trade, role, share] of ROLE_NAMES) {
      const amount = Math.round(project.investmentYuan * share);
      yield row(trade, role, '合同备案', amount, contract.day);
    }
  }
  if (completion !== null) yield row('TEST', '质量检测', '竣工验收备案', null, completion.day);
}

// Sample files of the stages of projects, one file a stage.
import { publisherOf, type Population, type Random, type SampleFile } from '../../kit/index.ts';
import { biddersOf, type Trade } from './contractors.ts';
import { rowsByProject, type SampleProject, type SampleStage } from './project-world.ts';

const PROJECT = ['建设单位统一社会信用代码', '项目编号', '是否涉密工程'] as const;
const SOURCE = ['发布单位', '采集时间'] as const;
const pairOf = (unit: string): readonly string[] => [`${unit}名称`, `${unit}统一社会信用代码`];

/** Writes whole yuan in units of ten thousand. */
export function inWan(yuan: number): string {
  return String(Math.round(yuan) / 10_000);
}

/** Makes the sample files of all stages. */
export function stageSamples(population: Population): readonly SampleFile[] {
  return [
    tendersSample(population),
    contractsSample(population),
    reviewsSample(population),
    licencesSample(population),
    completionsSample(population),
  ];
}

function tendersSample(population: Population): SampleFile {
  return {
    fileName: 'tenders.csv',
    kind: 'csv',
    encoding: 'utf-8',
    headings: [
      ...PROJECT,
      '中标通知书编号',
      '招标类型',
      '招标方式',
      '中标金额(万元)',
      '中标日期',
      '建设规模',
      '投标明细',
      ...pairOf('施工单位'),
      ...pairOf('招标代理机构'),
      ...SOURCE,
    ],
    rows: rowsByProject(population, function* (project, random) {
      const { tender } = project;
      if (tender === null) return;
      const won = project.investmentYuan * 0.9;
      const method = random.weighted([
        ['公开招标', 80],
        ['邀请招标', 15],
        ['直接发包', 5],
      ]);
      yield [
        ...projectCells(project),
        tender.number,
        '施工',
        method,
        inWan(won),
        tender.day,
        scaleOf(project),
        method === '直接发包' || !random.chance(0.4) ? '' : bidsOf(population, project, random),
        ...partyCells(project, 'BUILD'),
        ...partyCells(project, 'TENDER_AGENCY'),
        ...sourceCells(project, tender),
      ];
    }),
  };
}

function bidsOf(population: Population, project: SampleProject, random: Random): string {
  const won = project.investmentYuan * 0.9;
  const others = biddersOf(population, random, random.integer(2, 3)).filter(
    ({ code }) => code !== project.parties.BUILD.code,
  );
  const bids = [project.parties.BUILD, ...others].map(({ nameZh, code }, at) => ({
    投标单位: nameZh,
    统一社会信用代码: code,
    '投标报价(万元)': inWan(won * (1 + at * 0.02)),
    排名: at + 1,
  }));
  return JSON.stringify(bids);
}

function contractsSample(population: Population): SampleFile {
  return {
    fileName: 'contracts.csv',
    kind: 'csv',
    encoding: 'gb18030',
    headings: [
      ...PROJECT,
      '合同备案编号',
      '合同类别',
      '合同金额(万元)',
      '合同签订日期',
      '建设规模',
      ...pairOf('施工单位'),
      ...pairOf('监理单位'),
      ...SOURCE,
    ],
    rows: rowsByProject(population, function* (project) {
      const { contract } = project;
      if (contract === null) return;
      const none = ['', ''];
      yield [
        ...projectCells(project),
        contract.number,
        '施工',
        inWan(project.investmentYuan * 0.9),
        contract.day,
        scaleOf(project),
        ...partyCells(project, 'BUILD'),
        ...none,
        ...sourceCells(project, contract),
      ];
      yield [
        ...projectCells(project),
        `${contract.number}-JL`,
        '监理',
        inWan(project.investmentYuan * 0.02),
        contract.day,
        '',
        ...none,
        ...partyCells(project, 'SUPERVISE'),
        ...sourceCells(project, contract),
      ];
    }),
  };
}

function reviewsSample(population: Population): SampleFile {
  return {
    fileName: 'drawing-reviews.xlsx',
    kind: 'xlsx',
    encoding: 'utf-8',
    typed: ['审查完成日期', '工程概算(万元)', '违反强制性条文数'],
    headings: [
      ...PROJECT,
      '施工图审查合格书编号',
      '审查完成日期',
      '工程概算(万元)',
      '一次审查是否通过',
      '违反强制性条文数',
      ...pairOf('勘察单位'),
      ...pairOf('设计单位'),
      ...pairOf('施工图审查机构'),
      ...SOURCE,
    ],
    rows: rowsByProject(population, function* (project, random) {
      const { review } = project;
      if (review === null) return;
      const breaches = random.chance(0.7) ? 0 : random.integer(1, 6);
      yield [
        ...projectCells(project),
        review.number,
        review.day,
        inWan(project.investmentYuan * 0.95),
        breaches === 0 ? '是' : '否',
        String(breaches),
        ...partyCells(project, 'SURVEY'),
        ...partyCells(project, 'DESIGN'),
        ...partyCells(project, 'REVIEW'),
        ...sourceCells(project, review),
      ];
    }),
  };
}

function licencesSample(population: Population): SampleFile {
  return {
    fileName: 'licences.csv',
    kind: 'csv',
    encoding: 'gb18030',
    headings: [
      ...PROJECT,
      '施工许可证编号',
      '发证日期',
      '合同金额(万元)',
      '建筑面积(平方米)',
      '合同开工日期',
      '合同竣工日期',
      ...pairOf('勘察单位'),
      ...pairOf('设计单位'),
      ...pairOf('施工单位'),
      ...pairOf('监理单位'),
      ...SOURCE,
    ],
    rows: rowsByProject(population, function* (project) {
      const { licence } = project;
      if (licence === null) return;
      yield [
        ...projectCells(project),
        licence.number,
        licence.day,
        inWan(project.investmentYuan * 0.9),
        String(project.areaSquareMetres),
        licence.day,
        project.completion?.day ?? '',
        ...partyCells(project, 'SURVEY'),
        ...partyCells(project, 'DESIGN'),
        ...partyCells(project, 'BUILD'),
        ...partyCells(project, 'SUPERVISE'),
        ...sourceCells(project, licence),
      ];
    }),
  };
}

function completionsSample(population: Population): SampleFile {
  return {
    fileName: 'completions.jsonl',
    kind: 'jsonl',
    encoding: 'utf-8',
    headings: [
      ...['builder_uscc', 'project_number', 'classified', 'completion_number', 'completed_on'],
      ...['actual_cost_10k_yuan', 'actual_area_m2', 'actual_scale'],
      ...['build_name', 'build_uscc', 'test_name', 'test_uscc', 'publisher', 'retrieved_at'],
    ],
    rows: rowsByProject(population, function* (project) {
      const { completion } = project;
      if (completion === null) return;
      yield [
        ...projectCells(project),
        completion.number,
        completion.day,
        inWan(project.investmentYuan * 0.9),
        String(project.areaSquareMetres),
        scaleOf(project),
        ...partyCells(project, 'BUILD'),
        ...partyCells(project, 'TEST'),
        ...sourceCells(project, completion),
      ];
    }),
  };
}

function projectCells(project: SampleProject): readonly string[] {
  return [project.builder.code, project.number, project.isClassified ? '是' : '否'];
}

function partyCells(project: SampleProject, trade: Trade): readonly string[] {
  const { nameZh, code } = project.parties[trade];
  return [nameZh, code];
}

function sourceCells(project: SampleProject, stage: SampleStage): readonly string[] {
  return [publisherOf('CONSTRUCTION', project.region).name, `${stage.day} 18:30:00`];
}

function scaleOf(project: SampleProject): string {
  return project.type === '市政工程'
    ? `全长${Math.ceil(project.areaSquareMetres / 40)}米`
    : `总建筑面积${project.areaSquareMetres}平方米`;
}

// Projects, and what parties did in them.
import { column, recordFile } from '../../kit/index.ts';
import { participations, projects } from '../records.ts';
import {
  dayOptional,
  dayRequired,
  LEVELS,
  projectColumns,
  required,
  ROLES,
  sourceColumns,
} from './shared-columns.ts';
import { sourceOf } from './stage-draft.ts';

/** Basic information of projects. */
export const projectFile = recordFile({
  name: 'projects',
  table: projects,
  columns: {
    ...projectColumns,
    name: column.text(['项目名称', 'project_name'], { required: true, max: 300 }),
    type: column.choice(
      ['项目类别', 'project_type'],
      {
        ...{ 房屋建筑工程: 'BUILDING', 市政工程: 'MUNICIPAL', 市政基础设施工程: 'MUNICIPAL' },
        ...{ 其他: 'OTHER', BUILDING: 'BUILDING', MUNICIPAL: 'MUNICIPAL', OTHER: 'OTHER' },
      },
      required,
    ),
    builderName: column.text(['建设单位', '建设单位名称', 'builder_name'], {
      required: true,
      max: 200,
    }),
    region: column.text(['项目所在区划代码', 'region'], { required: true, max: 6 }),
    address: column.text(['项目地址', 'address'], { max: 300 }),
    approvalNumber: column.text(['立项文号', 'approval_number'], { max: 200 }),
    approvalLevel: column.choice(['立项级别', 'approval_level'], LEVELS),
    landPlanNumber: column.text(['建设用地规划许可证编号', 'land_plan_number'], { max: 200 }),
    projectPlanNumber: column.text(['建设工程规划许可证编号', 'project_plan_number'], {
      max: 200,
    }),
    investment: column.money(['总投资(万元)', 'investment_10k_yuan'], { unit: 'wan yuan' }),
    area: column.decimal(['总面积(平方米)', 'area_m2'], { min: 0, max: 1e12 }),
    property: column.choice(['建设性质', 'property'], {
      ...{ 新建: 'NEW', 改建: 'ALTERATION', 扩建: 'EXTENSION', 恢复: 'RESTORATION' },
      ...{ 迁建: 'RELOCATION', 其他: 'OTHER' },
      ...{ NEW: 'NEW', ALTERATION: 'ALTERATION', EXTENSION: 'EXTENSION' },
      ...{ RESTORATION: 'RESTORATION', RELOCATION: 'RELOCATION', OTHER: 'OTHER' },
    }),
    function: column.text(['工程用途', 'function'], { max: 200 }),
    startsOn: column.date(['计划开工日期', 'starts_on'], dayOptional),
    endsOn: column.date(['计划竣工日期', 'ends_on'], dayOptional),
    actualCost: column.money(['实际造价(万元)', 'actual_cost_10k_yuan'], { unit: 'wan yuan' }),
    registeredOn: column.date(['记录登记日期', 'registered_on'], dayRequired),
    ...sourceColumns,
  },
  draft: (cells, reject) => {
    if (!/^[0-9]{6}$/.test(cells.region)) return reject('region', 'a division is six digits');
    if (cells.startsOn !== undefined && cells.endsOn !== undefined) {
      if (cells.endsOn < cells.startsOn) return reject('endsOn', 'the work ends before it starts');
    }
    return {
      subjectCode: cells.builderCode,
      values: {
        projectNumber: cells.projectNumber,
        name: cells.name,
        type: cells.type,
        builderName: cells.builderName,
        region: cells.region,
        address: cells.address,
        approvalNumber: cells.approvalNumber,
        approvalLevel: cells.approvalLevel,
        landPlanNumber: cells.landPlanNumber,
        projectPlanNumber: cells.projectPlanNumber,
        investment: cells.investment,
        area: cells.area,
        property: cells.property,
        function: cells.function,
        startsOn: cells.startsOn,
        endsOn: cells.endsOn,
        actualCost: cells.actualCost,
        registeredOn: cells.registeredOn,
      },
      ...sourceOf(cells, cells.registeredOn, cells.approvalNumber),
    };
  },
});

/** What a party did in a project. */
export const participationFile = recordFile({
  name: 'participations',
  table: participations,
  columns: {
    ...projectColumns,
    subjectCode: column.code(['参建单位统一社会信用代码', 'party_uscc'], required),
    subjectName: column.text(['参建单位名称', 'party_name'], { max: 200 }),
    projectName: column.text(['项目名称', 'project_name'], { required: true, max: 300 }),
    builderName: column.text(['建设单位', '建设单位名称', 'builder_name'], {
      required: true,
      max: 200,
    }),
    role: column.choice(['参建角色', 'role'], ROLES, required),
    stage: column.choice(
      ['参建环节', 'stage'],
      {
        ...{ 招投标: 'TENDER', 合同备案: 'CONTRACT', 施工图审查: 'DRAWING_REVIEW' },
        ...{ 施工许可: 'LICENCE', 竣工验收备案: 'COMPLETION' },
        ...{ TENDER: 'TENDER', CONTRACT: 'CONTRACT', DRAWING_REVIEW: 'DRAWING_REVIEW' },
        ...{ LICENCE: 'LICENCE', COMPLETION: 'COMPLETION' },
      },
      required,
    ),
    amount: column.money(['合同金额(万元)', 'amount_10k_yuan'], { unit: 'wan yuan' }),
    since: column.date(['参建日期', 'since'], dayRequired),
    ...sourceColumns,
  },
  draft: (cells) => ({
    subjectCode: cells.subjectCode,
    values: {
      projectNumber: cells.projectNumber,
      projectName: cells.projectName,
      builderCode: cells.builderCode,
      builderName: cells.builderName,
      role: cells.role,
      stage: cells.stage,
      amount: cells.amount,
      since: cells.since,
      subjectName: cells.subjectName,
    },
    ...sourceOf(cells, cells.since),
  }),
});

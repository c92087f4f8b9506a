// Words of the page for sectors.
import type { sectors as english } from '../en/sectors.ts';
import type { Translation } from '../texts.ts';

/** What a sector's team wants to see. */
export const sectors: Translation<typeof english> = {
  title: '领域维护',
  lead: '各领域的状况：组合错误、标签覆盖、记录与最近导入。',
  work: '正在开发',
  noWork: '本机没有正在开发的领域。开始开发：',
  sectorWord: '<领域>',
  composes: '可组合',
  composesText: '{{sector}}（保存于 {{at}}）可与已发布的图谱组合。',
  failed: '无法组合',
  failedText: '{{sector}}（保存于 {{at}}）未提供服务；仍提供最近一次可用的图谱。',
  remedy: '修正办法：',
  rule: '规则：',
  records: '记录与导入',
  recordsLead: '领域仅向在其中履职的部门告知；不予显示不等于没有。',
  noStatus: '本图谱中没有领域提供状况信息。',
  lastImport: '最近导入',
  oldestRead: '最早采集',
  nextDeadline: '最近一次公示到期',
  never: '从未',
  noDeadline: '无',
  byType: '按类型统计',
  type: '类型',
  current: '现有',
  displayed: '公示中',
  labels: '标签覆盖',
  labelsLead: '按级别统计的字段数。未分级的字段不向任何人显示，因此该列应为零。',
  sector: '领域',
  unlabelled: '未分级',
  all: '合计',
};

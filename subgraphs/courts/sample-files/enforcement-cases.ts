// Sample enforcement cases: CSV with a byte order mark, under Chinese headings.
import { writeYuan, type Population, type SampleFile } from '../../kit/index.ts';
import { rowsByEnforcement } from './enforcement.ts';

const HEADINGS = [
  '被执行人名称',
  '统一社会信用代码',
  '案号',
  '立案日期',
  '执行依据文号',
  '执行标的(元)',
  '未履行金额(元)',
  '案件状态',
  '结案日期',
  '执行法院',
  '法院统一社会信用代码',
  '异议审查中',
] as const;

/** Makes the sample file of enforcement cases. */
export function enforcementCasesSample(population: Population): SampleFile {
  return {
    fileName: 'enforcement-cases.csv',
    kind: 'csv',
    encoding: 'utf-8-bom',
    headings: HEADINGS,
    rows: rowsByEnforcement(population, 'enforcement-cases', function* (subject, one, random) {
      const { amountYuan, court, status } = one;
      const share = status === '执行完毕' ? 0 : random.pick([100, 100, 100, 80, 45]);
      yield [
        subject.nameZh,
        subject.code,
        one.caseNumber,
        one.filedOn,
        one.basisDocument,
        writeYuan(amountYuan, 'thousands', random.integer(0, 99)),
        writeYuan(Math.floor((amountYuan * share) / 100), 'thousands'),
        status,
        one.closedOn ?? '',
        court.name,
        court.code,
        one.isUnderReview ? '是' : '否',
      ];
    }),
  };
}

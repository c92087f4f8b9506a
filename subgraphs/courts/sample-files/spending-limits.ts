// Sample spending limits: a workbook whose days are days, not text.
import type { Population, SampleFile } from '../../kit/index.ts';
import { daysAfter, rowsByEnforcement } from './enforcement.ts';

const HEADINGS = [
  '被限制人名称',
  '统一社会信用代码',
  '限制消费令文号',
  '案号',
  '签发日期',
  '是否限制有关责任人员',
  '限制内容',
  '解除日期',
  '解除原因',
  '执行法院',
  '法院统一社会信用代码',
  '异议审查中',
] as const;

const MEASURES =
  '不得实施乘坐飞机、列车软卧、轮船二等以上舱位，在星级以上宾馆、酒店消费，购买不动产等高消费行为。';

/** Makes the sample file of spending limits. */
export function spendingLimitsSample(population: Population): SampleFile {
  return {
    fileName: 'spending-limits.xlsx',
    kind: 'xlsx',
    encoding: 'utf-8',
    headings: HEADINGS,
    typed: ['签发日期', '解除日期'],
    rows: rowsByEnforcement(population, 'spending-limits', function* (subject, one, random) {
      const issuedOn = daysAfter(one.filedOn, random.integer(5, 35));
      const isLimited = subject.index === 0 || random.chance(0.6);
      if (!isLimited || (one.closedOn !== null && one.closedOn <= issuedOn)) return;
      const isOver = one.status === '执行完毕' || one.status === '终结执行';
      const isSecured = subject.index > 0 && random.chance(0.05);
      const securedOn = isSecured ? daysAfter(issuedOn, random.integer(10, 90)) : '';
      yield [
        subject.nameZh,
        subject.code,
        `${one.caseNumber}之一`,
        one.caseNumber,
        issuedOn,
        random.chance(0.9) ? '是' : '否',
        MEASURES,
        isOver ? (one.closedOn ?? '') : securedOn,
        isOver ? '履行完毕' : isSecured ? '提供担保' : '',
        one.court.name,
        one.court.code,
        one.isUnderReview ? '是' : '否',
      ];
    }),
  };
}

// Sample identities of operators: CSV with a byte order mark, as platforms report them each half-year.
import {
  rowsBySubject,
  SAMPLE_DAY,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';
import { drawTelephone } from './contact.ts';
import { platformsOf, storesOf, type Platform, type StoreFacts } from './online-trade.ts';

const HEADINGS = [
  '统一社会信用代码',
  '经营者名称',
  '经营者类型',
  '平台名称',
  '平台统一社会信用代码',
  '营业执照注册号',
  '营业执照名称',
  '其他行政许可',
  '证照公示链接',
  '是否公示营业执照',
  '身份核验状态',
  '核验日期',
  '下次核验期限',
  '终止经营公示日期',
  '终止经营日期',
  '经营地址',
  '客服电话',
  '报送机构',
  '发布机构统一社会信用代码',
] as const;

/** Makes the sample file of operators. */
export function operatorsSample(population: Population): SampleFile {
  const platforms = platformsOf(population);
  const stores = storesOf(population, platforms);
  return {
    fileName: 'operators.csv',
    kind: 'csv',
    encoding: 'utf-8-bom',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'ecommerce/operators', function* (subject, random) {
      const own = platforms.find((each) => each.code === subject.code);
      if (own !== undefined) {
        yield operatorOf(subject, '平台经营者', own, `https://${own.host}/`, '2026-01-15', random);
      }
      const seen = new Set<string>();
      for (const store of stores(subject)) {
        const at = store.platform?.name ?? store.storeName;
        if (seen.has(at)) continue;
        seen.add(at);
        yield operatorOfStore(subject, store, random);
      }
    }),
  };
}

function operatorOfStore(
  subject: SampleSubject,
  store: StoreFacts,
  random: Random,
): readonly string[] {
  const isOwn = store.platform === null;
  const platform = store.platform ?? { name: store.storeName, host: '', code: subject.code };
  const type = isOwn ? '自建网站经营者' : '平台内经营者';
  return operatorOf(subject, type, platform, store.url, store.verifiedOn, random, store.closedOn);
}

function operatorOf(
  subject: SampleSubject,
  type: string,
  platform: Platform,
  page: string,
  verifiedOn: string,
  random: Random,
  closedOn = '',
): readonly string[] {
  const sellsFood = ['H62', 'C13', 'A01'].includes(subject.industry.code);
  const licence = {
    kind: sellsFood ? '食品经营许可证' : '增值电信业务经营许可证',
    number: `${sellsFood ? 'JY' : 'B2-'}${subject.regionCode}${String(subject.index).padStart(6, '0')}`,
    issuer: subject.registrar.name,
    validUntil: '2029-12-31',
  };
  const isFailed = subject.risk === 'HIGH' && subject.index > 0 && random.chance(0.2);
  const reverifyBy = `${Number(verifiedOn.slice(0, 4)) + 1}-06-30`;
  return [
    subject.code,
    subject.nameZh,
    type,
    platform.name,
    platform.code,
    subject.code,
    subject.nameZh,
    sellsFood || subject.index === 0 ? JSON.stringify([licence]) : '',
    `${page}licence`.replace(/([0-9])licence$/u, '$1/licence'),
    random.chance(0.95) ? '是' : '否',
    isFailed ? '核验未通过' : reverifyBy < SAMPLE_DAY ? '待更新核验' : '已核验',
    verifiedOn,
    reverifyBy,
    closedOn,
    closedOn,
    subject.address,
    drawTelephone(subject, random),
    platform.name,
    platform.code,
  ];
}

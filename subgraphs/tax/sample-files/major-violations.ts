// Sample entries in the list of major violations: JSON lines under English names.
import {
  badRecordCount,
  documentNumber,
  drawYuan,
  LEGAL_BASES,
  publisherOf,
  rowsBySubject,
  SAMPLE_DAY,
  writeYuan,
  type Population,
  type Random,
  type SampleFile,
  type SampleSubject,
} from '../../kit/index.ts';

const HEADINGS = [
  'uscc',
  'taxpayer_name',
  'registered_address',
  'case_nature',
  'facts',
  'legal_basis',
  'treatment',
  'tax_amount_yuan',
  'document_number',
  'entered_on',
  'removed_on',
  'authority',
  'authority_uscc',
  'retrieved_at',
] as const;

const NATURES: readonly (readonly [nature: string, did: string])[] = [
  ['偷税', '采取隐匿销售收入、进行虚假纳税申报的手段，少缴增值税及企业所得税'],
  ['逃避追缴欠税', '在欠缴应纳税款期间转移、隐匿财产，致使税务机关无法追缴欠缴的税款'],
  ['骗取出口退税', '以虚报货物出口等欺骗手段，骗取国家出口退税款'],
  ['虚开增值税专用发票', '在没有真实货物交易的情况下，对外开具增值税专用发票'],
  ['虚开普通发票', '在没有真实业务往来的情况下，对外开具增值税普通发票'],
  ['走逃（失联）', '存在涉嫌虚开发票行为，经税务机关检查确认走逃（失联）'],
  ['其他', '拒绝、阻挠税务机关检查，并有其他性质恶劣、情节严重的税收违法行为'],
];

/** Makes the sample file of major violations. */
export function majorViolationsSample(population: Population): SampleFile {
  return {
    fileName: 'major-violations.jsonl',
    kind: 'jsonl',
    encoding: 'utf-8',
    headings: HEADINGS,
    rows: rowsBySubject(population, 'tax/major-violations', violationsOf),
  };
}

function* violationsOf(subject: SampleSubject, random: Random): Generator<readonly string[]> {
  const count = badRecordCount(subject, random, 0.3);
  for (let at = 0; at < Math.min(count, 2); at += 1) {
    const isShown = subject.index === 0 && at === 0;
    const drawn = random.dateBetween(laterOf(subject.establishedOn, '2022-03-15'), SAMPLE_DAY);
    const enteredOn = isShown ? '2026-06-12' : drawn;
    const [nature, did] = isShown ? (NATURES[0] ?? ['偷税', '']) : random.pick(NATURES);
    const amount = drawYuan(random, 100_000, 20_000_000);
    const isRemoved = !isShown && random.chance(0.2);
    const office = publisherOf('TAX', subject.regionCode);
    const year = Number(enteredOn.slice(0, 4));
    yield [
      subject.code,
      subject.nameZh,
      subject.index === 0 || random.fork(`address/${at}`).chance(0.9) ? subject.address : '',
      nature,
      `经${office.name}检查，该单位在${year - 2}年1月1日至${year - 1}年12月31日期间，` +
        `${did}，涉及金额${writeYuan(amount, 'wan')}。`,
      random.pick(LEGAL_BASES.TAX),
      '依照相关法律法规的有关规定，对其处以追缴税款的行政处理，并处以罚款的行政处罚。',
      writeYuan(amount, 'plain', random.integer(0, 99)),
      documentNumber('TAX_INSPECTION', subject.regionCode, year, subject.index * 10 + at + 1),
      enteredOn,
      isRemoved ? random.dateBetween(enteredOn, SAMPLE_DAY) : '',
      office.name,
      office.code,
      `${laterOf(enteredOn, '2026-06-15')}T02:00:00Z`,
    ];
  }
}

function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}

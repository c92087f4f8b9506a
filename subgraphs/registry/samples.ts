// The sample files of the registry: every subject of the population once, in every kind and encoding
// in which registrars deliver.
import {
  regionOf,
  rowsBySubject,
  SAMPLE_DAY,
  withAwkwardRows,
  type Population,
  type Random,
  type SampleFile,
  type SampleSource,
  type SampleSubject,
} from '../kit/index.ts';

const HEADINGS = [
  '统一社会信用代码',
  '企业名称',
  '英文名称',
  '曾用名',
  '行政区划代码',
  '行政区划',
  '住所',
  '登记状态',
  '成立日期',
  '注销或吊销日期',
  '核准日期',
  '行业代码',
  '行业门类',
  '注册号',
  '组织机构代码',
  '税务登记号',
  '登记机关',
  '登记机关统一社会信用代码',
  '数据更新时间',
] as const;

/** The same columns, as a programme of another country's making would call them. */
const ENGLISH_HEADINGS = [
  'uscc',
  'name',
  'name_en',
  'former_names_text',
  'region_code',
  'region_name',
  'address',
  'status',
  'established_on',
  'ended_on',
  'approved_on',
  'industry_code',
  'industry',
  'registration_number',
  'organisation_code',
  'tax_number',
  'registrar',
  'registrar_uscc',
  'retrieved_at',
] as const;

const STATUS_WORDS: Readonly<Record<SampleSubject['status'], readonly [string, ...string[]]>> = {
  ACTIVE: ['存续', '在业', '存续（在营、开业、在册）'],
  CANCELLED: ['注销'],
  REVOKED: ['吊销，未注销', '吊销'],
  MOVED_OUT: ['迁出'],
};

/** Makes the sample files of the registry. */
export const samples: SampleSource = (population) => [
  withAwkwardRows(
    {
      fileName: 'enterprises.csv',
      kind: 'csv',
      encoding: 'gb18030',
      headings: HEADINGS,
      rows: rowsOf(population, (subject) => isEnterprise(subject) && subject.status === 'ACTIVE'),
    },
    population.random.fork('registry/awkward'),
    { code: '统一社会信用代码', text: '住所', digits: '成立日期', optional: '英文名称' },
  ),
  {
    fileName: 'ended-enterprises.csv',
    kind: 'csv',
    encoding: 'utf-8-bom',
    headings: HEADINGS,
    rows: rowsOf(population, (subject) => isEnterprise(subject) && subject.status !== 'ACTIVE'),
  },
  {
    fileName: 'households.xlsx',
    kind: 'xlsx',
    encoding: 'utf-8',
    headings: HEADINGS,
    typed: ['成立日期', '核准日期'],
    rows: rowsOf(population, ({ category }) => category === 'INDIVIDUAL_HOUSEHOLD'),
  },
  {
    fileName: 'organisations.jsonl',
    kind: 'jsonl',
    encoding: 'utf-8',
    headings: ENGLISH_HEADINGS,
    rows: rowsOf(
      population,
      (subject) => !isEnterprise(subject) && subject.category !== 'INDIVIDUAL_HOUSEHOLD',
    ),
  },
];

function isEnterprise({ category }: SampleSubject): boolean {
  return category === 'ENTERPRISE';
}

function rowsOf(
  population: Population,
  isWanted: (subject: SampleSubject) => boolean,
): SampleFile['rows'] {
  return rowsBySubject(population, 'registry/registrations', function* (subject, random) {
    if (isWanted(subject)) yield rowOf(subject, random);
  });
}

function rowOf(subject: SampleSubject, random: Random): readonly string[] {
  const { index, registrar } = subject;
  const identifier = (scheme: string): string =>
    subject.identifiers.find((each) => each.scheme === scheme)?.value ?? '';
  // What changed last is a change of name, the end, or nothing since the beginning.
  const approvedOn = subject.endedOn ?? subject.formerNames.at(-1)?.until ?? subject.establishedOn;
  const updatedOn = random.dateBetween(
    approvedOn > '2026-01-05' ? approvedOn : '2026-01-05',
    SAMPLE_DAY,
  );
  return [
    subject.code,
    subject.nameZh,
    index === 0 || random.chance(0.9) ? subject.nameEn : '',
    subject.formerNames.map(({ nameZh, until }) => `${nameZh}（至${until}）`).join('；'),
    subject.regionCode,
    regionOf(subject.regionCode).nameZh,
    subject.address,
    random.pick(STATUS_WORDS[subject.status]),
    subject.establishedOn,
    subject.endedOn ?? '',
    approvedOn,
    subject.industry.code,
    subject.industry.nameZh,
    identifier('REGISTRATION_NUMBER'),
    identifier('ORGANISATION_CODE'),
    identifier('TAX_NUMBER'),
    registrar.name,
    registrar.code,
    `${updatedOn} 20:00:00`,
  ];
}

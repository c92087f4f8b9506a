// The file that registrars deliver: its columns, and what a row is as a registration.
import { categoryOf, column, recordFile, runClocks, type RecordFile } from '../kit/index.ts';
import { REGISTRATION_CLOCKS } from './clocks.ts';
import { parseFormerNamesList, parseFormerNamesText } from './imports/former-names.ts';
import { readIdentifier, type Identifier } from './imports/identifiers.ts';
import { registrations, type FormerName } from './records.ts';

const required = { required: true } as const;

const registrationFile = recordFile({
  name: 'registrations',
  table: registrations,
  changedBy: ['endedOn'],
  columns: {
    subjectCode: column.code(['统一社会信用代码', 'uscc'], required),
    name: column.text(['企业名称', '名称', '主体名称', '单位名称', 'name'], {
      required: true,
      max: 300,
    }),
    nameEnglish: column.text(['英文名称', 'name_en', 'english_name'], { max: 300 }),
    formerNamesText: column.text(['曾用名', '历史名称', 'former_names_text'], { max: 5_000 }),
    formerNamesList: column.json(['former_names']),
    regionCode: column.text(['行政区划代码', 'region_code'], { max: 6 }),
    regionName: column.text(['行政区划', '行政区划名称', 'region_name'], { max: 100 }),
    address: column.text(['住所', '经营场所', '注册地址', 'address'], { max: 500 }),
    status: column.choice(
      ['登记状态', '经营状态', 'status'],
      {
        ...{ 存续: 'ACTIVE', 在业: 'ACTIVE', 在营: 'ACTIVE', 开业: 'ACTIVE', 正常: 'ACTIVE' },
        '存续（在营、开业、在册）': 'ACTIVE',
        ...{ 注销: 'CANCELLED', 已注销: 'CANCELLED', '吊销，已注销': 'CANCELLED' },
        ...{ 吊销: 'REVOKED', '吊销，未注销': 'REVOKED', 吊销未注销: 'REVOKED' },
        ...{ 迁出: 'MOVED_OUT', 已迁出: 'MOVED_OUT' },
      },
      required,
    ),
    establishedOn: column.date(['成立日期', '注册日期', 'established_on'], {
      required: true,
      open: 'reject',
    }),
    endedOn: column.date(['注销或吊销日期', '注销日期', '吊销日期', '迁出日期', 'ended_on'], {
      open: 'none',
    }),
    approvedOn: column.date(['核准日期', 'approved_on'], { open: 'none' }),
    industryCode: column.text(['行业代码', 'industry_code'], { max: 10 }),
    industryName: column.text(['行业门类', '所属行业', 'industry'], { max: 100 }),
    registrationNumber: column.text(['注册号', '工商注册号', 'registration_number'], { max: 30 }),
    organisationCode: column.text(['组织机构代码', 'organisation_code'], { max: 20 }),
    taxNumber: column.text(['税务登记号', 'tax_number'], { max: 30 }),
    institutionNumber: column.text(['事业单位证书号', 'institution_number'], { max: 60 }),
    socialBodyNumber: column.text(['社会组织登记证号', 'social_body_number'], { max: 60 }),
    registrar: column.text(['登记机关', 'registrar'], { required: true, max: 200 }),
    registrarCode: column.code(['登记机关统一社会信用代码', 'registrar_uscc']),
    retrievedAt: column.instant(['数据更新时间', 'retrieved_at']),
  },
  draft: (cells, reject) => {
    const { subjectCode, status, establishedOn, endedOn } = cells;
    // The code itself says what a subject is; a file that says otherwise would be wrong.
    const category = categoryOf(subjectCode);
    if (category === undefined) return reject('subjectCode', 'is of no known category');
    const regionCode = cells.regionCode ?? subjectCode.slice(2, 8);
    if (!/^[0-9]{6}$/.test(regionCode)) return reject('regionCode', 'is not six digits');
    if (endedOn !== undefined && endedOn < establishedOn) {
      return reject('endedOn', 'ended before it was established');
    }
    if (endedOn !== undefined && status === 'ACTIVE') {
      return reject('endedOn', 'a last day beside a status that has not ended');
    }
    const { approvedOn = establishedOn } = cells;
    return {
      subjectCode,
      values: {
        name: cells.name,
        nameEnglish: cells.nameEnglish,
        formerNames: formerNamesOf(cells, reject),
        category,
        regionCode,
        regionName: cells.regionName,
        status,
        establishedOn,
        endedOn,
        registrar: cells.registrar,
        address: cells.address,
        industryCode: cells.industryCode,
        industryName: cells.industryName,
        identifiers: identifiersOf(cells, reject),
      },
      source: {
        publisher: cells.registrar,
        publisherCode: cells.registrarCode,
        decidedOn: approvedOn,
        publishedOn: approvedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(REGISTRATION_CLOCKS, establishedOn, {
        RECORD_CREATED: establishedOn,
        ACT_ENDED: endedOn,
      }),
      // A household is a person in business: what is registered of it is one tier stricter.
      disclosureClass: category === 'INDIVIDUAL_HOUSEHOLD' ? 'REGISTERED' : undefined,
      sortDate: approvedOn,
    };
  },
});

interface FormerNameCells {
  readonly formerNamesText: string | undefined;
  readonly formerNamesList: unknown;
}

function formerNamesOf(
  cells: FormerNameCells,
  reject: (column: keyof FormerNameCells, reason: string) => never,
): readonly FormerName[] {
  const { formerNamesText: text, formerNamesList: list } = cells;
  const column = text === undefined ? 'formerNamesList' : 'formerNamesText';
  if (text === undefined && list === undefined) return [];
  const parsed = text === undefined ? parseFormerNamesList(list) : parseFormerNamesText(text);
  return parsed.kind === 'names' ? parsed.names : reject(column, parsed.reason);
}

interface IdentifierCells {
  readonly registrationNumber: string | undefined;
  readonly organisationCode: string | undefined;
  readonly taxNumber: string | undefined;
  readonly institutionNumber: string | undefined;
  readonly socialBodyNumber: string | undefined;
}

const SCHEMES = [
  ['registrationNumber', 'REGISTRATION_NUMBER'],
  ['organisationCode', 'ORGANISATION_CODE'],
  ['taxNumber', 'TAX_NUMBER'],
  ['institutionNumber', 'INSTITUTION_NUMBER'],
  ['socialBodyNumber', 'SOCIAL_BODY_NUMBER'],
] as const;

function identifiersOf(
  cells: IdentifierCells,
  reject: (column: keyof IdentifierCells, reason: string) => never,
): readonly Identifier[] {
  return SCHEMES.flatMap(([column, scheme]) => {
    const text = cells[column];
    if (text === undefined) return [];
    const read = readIdentifier(scheme, text);
    return 'reason' in read ? reject(column, read.reason) : [read];
  });
}

/** File formats of the registry. */
export const files: readonly RecordFile[] = [registrationFile];

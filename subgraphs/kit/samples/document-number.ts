// Numbers of decisions, certificates and cases in the forms that authorities use, on behalf of
// invented ones: 岚 stands where the abbreviation of a real province would.
import { cityOf, regionOf } from './synthetic-region.ts';

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

// A decision: city, office and kind of decision, year in hollow brackets, serial.
const decision =
  (office: string) =>
  (region: string, year: number, serial: number): string =>
    `${cityOf(region).shortZh}${office}〔${year}〕${serial}号`;

// A court case: year, court, kind of case, serial; a court's number follows its division code.
const courtCase =
  (kind: string) =>
  (region: string, year: number, serial: number): string =>
    `(${year})岚${regionOf(region).code.slice(2).replace(/00$/, '')}${kind}${serial}号`;

const FORMS = {
  TAX_PENALTY: decision('税罚'),
  TAX_DECISION: decision('税处'),
  TAX_INSPECTION: decision('税稽罚'),
  TAX_NOTICE: decision('税通'),
  ENVIRONMENT_PENALTY: decision('环罚'),
  ENVIRONMENT_APPROVAL: decision('环审'),
  ENVIRONMENT_ORDER: decision('环责改字'),
  CONSTRUCTION_PENALTY: decision('建罚'),
  CONSTRUCTION_COMMENDATION: decision('建发'),
  MARKET_PENALTY: decision('市监罚'),
  WAGE_ARREARS: decision('人社监罚'),
  EMERGENCY_PENALTY: decision('应急罚'),
  COMMERCE_DECISION: decision('商罚'),
  CREDIT_DECISION: decision('信用修复'),
  COURT_ENFORCEMENT: courtCase('执'),
  COURT_RESUMED_ENFORCEMENT: courtCase('执恢'),
  COURT_JUDGMENT: courtCase('民初'),
  COURT_APPEAL: courtCase('民终'),
  COURT_ADMINISTRATIVE: courtCase('行初'),
  COURT_BANKRUPTCY: courtCase('破'),
  QUALIFICATION: (region, year, serial) =>
    `D${region.slice(0, 3)}${pad(year % 100, 2)}${pad(serial, 5)}`,
  SAFETY_LICENCE: (_region, year, serial) => `(岚)JZ安许证字〔${year}〕${pad(serial, 6)}`,
  CONSTRUCTION_LICENCE: (region, year, serial) =>
    `${region}${year}${pad((serial % 12) + 1, 2)}${pad((serial % 28) + 1, 2)}${pad(serial % 10_000, 4)}`,
  TENDER: (region, year, serial) => `ZB-${region}-${year}-${pad(serial, 5)}`,
  CONTRACT: (region, year, serial) => `HT-${region}-${year}-${pad(serial, 5)}`,
  LAND_PLAN: (region, year, serial) => `地字第${region}${year}${pad(serial, 5)}号`,
  PROJECT_PLAN: (region, year, serial) => `建字第${region}${year}${pad(serial, 5)}号`,
  ICP: (_region, year, serial) => `岚ICP备${year}${pad(serial % 1_000_000, 6)}号`,
} as const satisfies Record<string, (region: string, year: number, serial: number) => string>;

/** A kind of document that has a number. */
export type DocumentKind = keyof typeof FORMS;

/** Lists every kind of document. */
export const DOCUMENT_KINDS = Object.keys(FORMS) as readonly DocumentKind[];

/**
 * Writes the number of a document, for example 云州税罚〔2025〕123号 or (2024)岚0101执1234号.
 *
 * @param region six digits of the issuer's division; courts and permits show it, others the city
 */
export function documentNumber(
  kind: DocumentKind,
  region: string,
  year: number,
  serial: number,
): string {
  return FORMS[kind](region, year, serial);
}

/** Writes the number of a discharge permit: credit code, serial of the site, and a letter. */
export function dischargePermitNumber(code: string, site: number): string {
  return `${code}${pad(site, 3)}${'PQRUVWX'.charAt(site % 7)}`;
}

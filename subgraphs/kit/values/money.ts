// Amounts as record files write them, read into whole minor units. The digits are moved as text and
// never pass through floating point, so that 0.29 yuan is 29 fen and not 28.

/** The unit of a column of amounts, as its heading states it. */
export type MoneyUnit = 'yuan' | 'fen' | 'wan yuan';

/** An amount: a safe integer of minor units (fen) and the ISO 4217 code of its currency. */
export interface Money {
  readonly minorUnits: number;
  readonly currency: string;
}

/** What a text says of an amount. */
export type ParsedMoney =
  | { readonly kind: 'money'; readonly money: Money }
  | { readonly kind: 'error'; readonly reason: string };

/** Currencies that record files name, with the decimal places of their minor unit (ISO 4217). */
const CURRENCIES: Readonly<Record<string, { readonly places: number; readonly names: string }>> = {
  CNY: { places: 2, names: '人民币元|人民币|RMB|CNY|¥' },
  USD: { places: 2, names: '美元|USD|US\\$' },
  HKD: { places: 2, names: '港元|港币|HKD|HK\\$' },
  MOP: { places: 2, names: '澳门元|MOP' },
  TWD: { places: 2, names: '新台币|TWD' },
  EUR: { places: 2, names: '欧元|EUR|€' },
  GBP: { places: 2, names: '英镑|GBP|£' },
  JPY: { places: 0, names: '日元|JPY' },
  KRW: { places: 0, names: '韩元|KRW' },
  SGD: { places: 2, names: '新加坡元|新元|SGD' },
  AUD: { places: 2, names: '澳大利亚元|澳元|AUD' },
  CAD: { places: 2, names: '加拿大元|加元|CAD' },
  CHF: { places: 2, names: '瑞士法郎|CHF' },
};
const NAMES = Object.entries(CURRENCIES).map(
  ([code, { names }]) => [code, new RegExp(`(?:${names})`, 'i')] as const,
);
/** Powers of ten of the Chinese multipliers. */
const MULTIPLIERS: Readonly<Record<string, number>> = { 千: 3, 万: 4, 百万: 6, 千万: 7, 亿: 8 };
const AMOUNT =
  /^([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]*))?(?:E([+-]?[0-9]{1,2}))?(千万|百万|千|万|亿)?([元圆分]?)整?$/i;
const PLAIN = /^[0-9]{1,12}(?:\.[0-9]{1,2})?$/;
const EXPONENT_MAX = 30;

/**
 * Reads an amount: `12345.6`, `12,345.60`, `￥1.2万元`, `100万美元`, `1.2E+05`, `(500.00)`.
 *
 * A unit or currency in the text outranks those of the column. An amount that is finer than a minor
 * unit, or larger than 2^53 of them, is an error and is never rounded.
 *
 * @param unit what a bare number counts
 * @param currency ISO 4217 code of a text that names none
 */
export function parseMoney(text: string, unit: MoneyUnit, currency = 'CNY'): ParsedMoney {
  if (unit === 'yuan' && currency === 'CNY' && PLAIN.test(text)) {
    const point = text.indexOf('.');
    const whole = point < 0 ? text : text.slice(0, point);
    const fraction = point < 0 ? '' : text.slice(point + 1);
    return money(Number(whole + fraction.padEnd(2, '0')), 'CNY');
  }
  let rest = text.normalize('NFKC').replace(/[\s_]/g, '').replace('\u2212', '-');
  let named = currency;
  for (const [code, pattern] of NAMES) {
    if (!pattern.test(rest)) continue;
    named = code;
    rest = rest.replace(pattern, '');
    break;
  }
  const bracketed = /^\((.+)\)$/.exec(rest)?.[1];
  const match = AMOUNT.exec(bracketed ?? rest);
  const places = CURRENCIES[named]?.places;
  if (places === undefined) return error(`currency ${named} is not known`);
  if (!match || (bracketed !== undefined && match[1] !== '')) return error('not an amount');
  const [, sign, whole = '', fraction = '', exponent = '0', multiplier, suffix] = match;
  const inFen = suffix === '分' || (suffix === '' && !multiplier && unit === 'fen');
  let shift = Number(exponent) + (inFen ? 0 : places);
  if (multiplier) shift += MULTIPLIERS[multiplier] ?? 0;
  else if (unit === 'wan yuan' && suffix === '' && named === currency) shift += 4;
  const digits = shiftPoint(whole.replaceAll(',', ''), fraction, shift);
  if (digits === null) return error('finer than the smallest unit of the currency');
  const minorUnits = Number(digits);
  if (!Number.isSafeInteger(minorUnits)) return error('larger than 2^53 of the smallest unit');
  const negative = (sign === '-' || bracketed !== undefined) && minorUnits !== 0;
  return money(negative ? -minorUnits : minorUnits, named);
}

/** Reads an amount that a spreadsheet holds as a number, whole or by the 15 digits that it shows. */
export function parseMoneyNumber(value: number, unit: MoneyUnit, currency = 'CNY'): ParsedMoney {
  if (!Number.isFinite(value)) return error('not an amount');
  const text = Number.isSafeInteger(value) ? String(value) : value.toPrecision(15);
  return parseMoney(text, unit, currency);
}

/** Moves the decimal point right by `places`; null if digits other than 0 stay behind it. */
function shiftPoint(whole: string, fraction: string, places: number): string | null {
  if (Math.abs(places) > EXPONENT_MAX) return null;
  const digits = whole + fraction;
  const point = whole.length + places;
  const behind = point < 0 ? digits : digits.slice(point);
  if (/[1-9]/.test(behind)) return null;
  return point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
}

function money(minorUnits: number, currency: string): ParsedMoney {
  return { kind: 'money', money: { minorUnits, currency } };
}

function error(reason: string): ParsedMoney {
  return { kind: 'error', reason };
}

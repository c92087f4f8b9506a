// Values as a person reads them, in the language of the page.
import type { Names } from './names/names.ts';
import type { Value } from './read-value.ts';

/** What values are written with. */
export interface Wording {
  /** As BCP 47. */
  readonly language: string;
  readonly names: Names;
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  readonly withheld: string;
}

/** Writes a value in one line. */
export function writeValue(value: Value, wording: Wording): string {
  switch (value.kind) {
    case 'none':
      return wording.none;
    case 'withheld':
      return wording.withheld;
    case 'text':
      return value.text;
    case 'number':
      return value.isYear ? String(value.number) : formatNumber(value.number, wording.language);
    case 'yes':
      return value.isYes ? wording.yes : wording.no;
    case 'word':
      return wording.names.ofWord(value.type, value.word);
    case 'day':
      return value.day;
    case 'instant':
      return formatInstant(value.instant, wording.language);
    case 'code':
      return value.code;
    case 'money':
      return formatMoney(value, wording.language);
    case 'list':
      return value.items.map((item) => writeValue(item, wording)).join('; ');
    case 'object':
      return value.fields
        .filter(({ value: { kind } }) => kind !== 'none')
        .map((field) => `${wording.names.ofField(field.name)} ${writeValue(field.value, wording)}`)
        .join(', ');
  }
}

/** Writes an instant in the reader's time, to the minute; what is no instant stays as it is. */
export function formatInstant(instant: string, language: string): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  return instantFormat(language).format(time);
}

function formatNumber(number: number, language: string): string {
  return numberFormat(language).format(number);
}

/** Minor units are those of the currency: hundredths for CNY, whole ones for JPY. */
function formatMoney(
  { minorUnits, currency }: { readonly minorUnits: number; readonly currency: string },
  language: string,
): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${minorUnits} ${currency}`;
  const format = moneyFormat(language, currency);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minorUnits / 10 ** digits);
}

const instantFormat = oncePer(
  (language: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
);
const numberFormat = oncePer(
  (language: string) => new Intl.NumberFormat(language, { maximumFractionDigits: 4 }),
);
const moneyFormat = oncePer(
  (language: string, currency: string) =>
    new Intl.NumberFormat(language, { style: 'currency', currency }),
);

/** Makes each format once: that takes longer than to write hundreds of values with it. */
function oncePer<Keys extends readonly string[], Format>(
  make: (...keys: Keys) => Format,
): (...keys: Keys) => Format {
  const made = new Map<string, Format>();
  return (...keys) => {
    const key = keys.join(' ');
    const format = made.get(key) ?? make(...keys);
    made.set(key, format);
    return format;
  };
}

// Days as record files write them, read into ISO dates. A day stays the text YYYY-MM-DD from here to
// the answer, so that no time zone can move it.

/** What a text says of a day; `open` stands for no end, `none` for no day at all. */
export type ParsedDate =
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'none' }
  | { readonly kind: 'error'; readonly reason: string };

const OPEN: ParsedDate = { kind: 'open' };
const NONE: ParsedDate = { kind: 'none' };
const FIRST_YEAR = 1800;
const LAST_YEAR = 2200;
const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;
/** Texts of five digits are read as spreadsheet days between 1990 and 2099 only. */
const SERIAL_TEXT_MIN = 32_874;
const SERIAL_TEXT_MAX = 73_050;

const ISO = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const DAY =
  /^([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]|([0-9]{2})([0-9]{2}))/;
const TIME = /^(?:T|\s+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?\s*(.*)$/i;
const ZONE = /^(?:Z|[+-][0-9]{2}:?[0-9]{2})$/i;
const NO_END = new Set(['长期', '永久', '长期有效', '永久有效', '无固定期限', '无期限']);

/**
 * Reads a day: `2024-01-05`, `2024-1-5`, `2024/01/05`, `2024.1.5`, `20240105`, `2024年1月5日`, the
 * day number of a spreadsheet, each with or without a time of day.
 *
 * `9999-9-9`, `9999-12-31` and 长期 are no end; `1900-1-1` and `0000-00-00` are no day. A time with a
 * zone gives the day in China (UTC+8); a time without one is dropped.
 */
export function parseDate(text: string): ParsedDate {
  const plain = ISO.test(text) ? text : text.normalize('NFKC').trim();
  if (NO_END.has(plain)) return OPEN;
  const match = DAY.exec(plain);
  if (!match) return /^[0-9]{5}$/.test(plain) ? serialText(Number(plain)) : unreadable();
  const year = Number(match[1]);
  const month = Number(match[3] ?? match[5] ?? match[7]);
  const day = Number(match[4] ?? match[6] ?? match[8]);
  const rest = plain.slice(match[0].length);
  if (rest === '') return dateOfParts(year, month, day);
  const time = TIME.exec(rest);
  const zone = time?.[4] ?? '';
  if (!time || (zone !== '' && !ZONE.test(zone))) return unreadable();
  const dated = dateOfParts(year, month, day);
  if (zone === '' || dated.kind !== 'date') return dated;
  const clock = `${(time[1] ?? '').padStart(2, '0')}:${time[2] ?? ''}:${time[3] ?? '00'}`;
  const offset = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const instant = Date.parse(`${dated.date}T${clock}${offset}`);
  return Number.isNaN(instant) ? unreadable() : dateOfInstant(instant);
}

/** Reads the day number of a spreadsheet (1900 system); a fraction is the time of day. */
export function parseDateSerial(serial: number): ParsedDate {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465.999_99) {
    return error('a number that is no day of a spreadsheet');
  }
  const whole = Math.floor(serial);
  // The system counts a 29 February 1900 that never was, as day 60.
  if (whole <= 1) return NONE;
  const days = whole > 60 ? whole - 25_569 : whole - 25_568;
  const date = new Date(days * DAY_MS);
  return dateOfParts(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** Reads the UTC day of a date object, as spreadsheet readers give it. */
export function parseDateObject(date: Date): ParsedDate {
  if (Number.isNaN(date.getTime())) return unreadable();
  return dateOfParts(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function dateOfParts(year: number, month: number, day: number): ParsedDate {
  if (year === 9999) return OPEN;
  if (year === 0 || (year === 1900 && month === 1 && day === 1)) return NONE;
  if (year === 1899 && month === 12 && day >= 30) return NONE;
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) {
    return error('not a day of the calendar');
  }
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    return error(`a year before ${FIRST_YEAR} or after ${LAST_YEAR}`);
  }
  return { kind: 'date', date: `${year}-${two(month)}-${two(day)}` };
}

function dateOfInstant(instantMs: number): ParsedDate {
  return parseDateObject(new Date(instantMs + CHINA_OFFSET_MS));
}

function serialText(serial: number): ParsedDate {
  if (serial < SERIAL_TEXT_MIN || serial > SERIAL_TEXT_MAX) return unreadable();
  return parseDateSerial(serial);
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function unreadable(): ParsedDate {
  return error('not a date; write 2024-01-05');
}

function error(reason: string): ParsedDate {
  return { kind: 'error', reason };
}

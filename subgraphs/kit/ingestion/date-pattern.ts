// Days in the order in which a file writes them: `DD/MM/YYYY` to ISO dates.

const PARTS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>[0-9]{4})',
  MM: '(?<month>[0-9]{1,2})',
  DD: '(?<day>[0-9]{1,2})',
};
const FIXED = { MM: '(?<month>[0-9]{2})', DD: '(?<day>[0-9]{2})' };
const PATTERN_MAX = 40;

/**
 * Makes the reader of days written in a pattern of YYYY, MM and DD, each once, with anything but
 * letters and digits between them. It gives null for a text that is not written so; whether there is
 * such a day is for the column to say. A year of two digits is none: nobody could tell its century.
 */
export function datePattern(pattern: string): ((text: string) => string | null) | null {
  if (pattern.length > PATTERN_MAX) return null;
  const pieces = pattern.split(/(YYYY|MM|DD)/);
  const parts = pieces.filter((piece) => piece in PARTS);
  if ([...parts].sort().join() !== 'DD,MM,YYYY') return null;
  if (pieces.some((piece) => !(piece in PARTS) && /[A-Za-z0-9]/.test(piece))) return null;
  // Where nothing stands between them, only their lengths tell the parts apart.
  const isTight = pieces.slice(1, -1).some((piece, at) => at % 2 === 1 && piece === '');
  const known: Readonly<Record<string, string>> = isTight ? { ...PARTS, ...FIXED } : PARTS;
  const source = pieces.map((piece) => known[piece] ?? escapeForRegExp(piece)).join('');
  const expression = new RegExp(`^${source}$`, 'u');
  return (text) => {
    const { year, month, day } = expression.exec(text)?.groups ?? {};
    if (year === undefined || month === undefined || day === undefined) return null;
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  };
}

function escapeForRegExp(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/-]/g, '\\$&');
}

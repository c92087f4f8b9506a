// Points in time as record files write them, read into ISO 8601 in UTC.

/** What a text says of a point in time. */
export type ParsedInstant =
  | { readonly kind: 'instant'; readonly instant: string }
  | { readonly kind: 'error'; readonly reason: string };

const INSTANT =
  /^([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[T\s]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?)?$/i;

/**
 * Reads a point in time: ISO 8601 with a zone; without one it is a time in China (UTC+8), and without
 * a time of day its midnight.
 *
 * @returns the instant as `2024-01-05T01:02:03.000Z`, to the millisecond
 */
export function parseInstant(text: string): ParsedInstant {
  const match = INSTANT.exec(text.normalize('NFKC').trim());
  if (!match) return error('not a point in time; write 2024-01-05T10:20:30+08:00');
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00'] = match;
  const fraction = (match[7] ?? '').padEnd(3, '0').slice(0, 3);
  const zone = match[8] ?? '+08:00';
  const offset = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = `${hour.padStart(2, '0')}:${minute}:${second}.${fraction}`;
  const local = Date.parse(`${date}T${time}Z`);
  const instant = Date.parse(`${date}T${time}${offset}`);
  // Date.parse moves 30 February into March; the day must come back as it was written.
  if (Number.isNaN(instant) || new Date(local).toISOString().slice(0, 10) !== date) {
    return error('not a time of the calendar');
  }
  return { kind: 'instant', instant: new Date(instant).toISOString() };
}

function error(reason: string): ParsedInstant {
  return { kind: 'error', reason };
}

// The day on which legal clocks run: China Standard Time, which has no summer time.

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** Returns the legal day of an instant as an ISO date: the calendar day in UTC+8. */
export function legalDay(at: Date = new Date()): string {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

// Days of forms, in China's time, as the graph compares them.
const CHINA = 'Asia/Shanghai';

/** The day so many days from now, ISO 8601. */
export function dayFromNow(days: number, now = new Date()): string {
  const then = new Date(now.getTime() + days * 86_400_000);
  // Swedish writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: CHINA, dateStyle: 'short' }).format(then);
}

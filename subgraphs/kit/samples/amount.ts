// Plausible sums of money, and the ways in which offices write them.
import type { Random } from './random.ts';

/** How a sum is written: `12345.60`, `12,345.60`, `1.23456万元`. */
export type AmountStyle = 'plain' | 'thousands' | 'wan';

/**
 * Draws a sum in whole yuan, small ones as likely as large ones: each doubling has the same chance.
 *
 * @param step the sum is a multiple of it: fines are round, taxes are not
 */
export function drawYuan(random: Random, least: number, most: number, step = 1): number {
  let doublings = 0;
  while (least * 2 ** (doublings + 1) <= most) doublings += 1;
  const low = least * 2 ** random.integer(0, doublings);
  const drawn = random.integer(low, Math.min(most, low * 2));
  return Math.max(step, Math.round(drawn / step) * step);
}

/**
 * Writes a sum for a cell.
 *
 * @param fen hundredths of a yuan, 0 to 99, beside the whole yuan
 */
export function writeYuan(yuan: number, style: AmountStyle = 'plain', fen = 0): string {
  if (style === 'wan') return `${String((yuan * 100 + fen) / 1_000_000)}万元`;
  const whole = style === 'plain' ? String(yuan) : groupThousands(yuan);
  return `${whole}.${String(fen).padStart(2, '0')}`;
}

function groupThousands(yuan: number): string {
  return String(yuan).replace(/\B(?=(?:[0-9]{3})+$)/gu, ',');
}

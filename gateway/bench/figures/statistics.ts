// Medians and quantiles. Means are not used: one slow answer would move them.

/**
 * Returns a quantile by nearest rank: a value that was really measured.
 *
 * @param fraction 0.5 for the median, 0.99 for p99, 1 for the largest
 * @throws RangeError without values
 */
export function quantile(values: Iterable<number>, fraction: number): number {
  const sorted = Float64Array.from(values).sort();
  const value = sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)];
  if (value === undefined) throw new RangeError('There is no quantile of nothing.');
  return value;
}

/** Returns the median by nearest rank. */
export function median(values: Iterable<number>): number {
  return quantile(values, 0.5);
}

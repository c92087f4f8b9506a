// What follows from the points of a unit that prepares assessments: a dated rule with its source.

/** What follows for a preparer from its points alone. */
export type PointsStanding = 'NORMAL' | 'WARNING' | 'RESTRICTED';

/** The rule: the points from which each follows. */
export const PREPARER_THRESHOLDS: {
  readonly inForce: string;
  readonly source: string;
  readonly warning: number;
  readonly restricted: number;
} = {
  inForce: '2019-11-01',
  source: 'MEE Notice No. 38 of 2019: a cycle of one year; 10 points warn, 20 restrict.',
  warning: 10,
  restricted: 20,
};

/** Tells what follows from the points of one cycle. */
export function standingOf(points: number): PointsStanding {
  if (points >= PREPARER_THRESHOLDS.restricted) return 'RESTRICTED';
  return points >= PREPARER_THRESHOLDS.warning ? 'WARNING' : 'NORMAL';
}

// What an incident means for the environmental rating: a dated rule, used where a file does not say.

/** The levels of incidents. */
export type IncidentLevel = 'GENERAL' | 'LARGER' | 'MAJOR' | 'PARTICULARLY_MAJOR';

/** What an incident does to a rating. */
export type RatingEffect = 'NONE' | 'ONE_LEVEL_DOWN' | 'RED';

/** The rule, with its source and the day from which it holds. */
export const RATING_EFFECTS: {
  readonly inForce: string;
  readonly source: string;
  readonly effects: Readonly<Record<IncidentLevel, RatingEffect>>;
} = {
  inForce: '2014-03-01',
  source:
    'Huanfa [2013] No. 150: an ordinary incident lowers the rating by one level, a larger one makes ' +
    'it poor (read in excerpts).',
  effects: { GENERAL: 'ONE_LEVEL_DOWN', LARGER: 'RED', MAJOR: 'RED', PARTICULARLY_MAJOR: 'RED' },
};

// Which of the two media types of GraphQL over HTTP an answer has, and what it does to the status
// (https://graphql.github.io/graphql-over-http/draft/).

/** The media type of an answer. */
export interface AnswerType {
  readonly contentType: string;
  /**
   * Whether the caller has asked by name for `application/json`, in which a well-formed request is
   * answered with status 200 whatever comes of it. A caller that names no media type, as most
   * command lines do, is told by the status.
   */
  readonly isLegacy: boolean;
}

const JSON_TYPE = 'application/json';
const GRAPHQL_TYPE = 'application/graphql-response+json';
const CHARSET = '; charset=utf-8';
const RANGES_MAX = 50;

/** What is answered where nothing is asked for. */
export const DEFAULT_ANSWER_TYPE: AnswerType = {
  contentType: JSON_TYPE + CHARSET,
  isLegacy: false,
};

interface Preference {
  readonly quality: number;
  /** Whether the type is named in full, and not by a wildcard. */
  readonly isNamed: boolean;
}

/** Chooses by the `Accept` header; null when neither media type is acceptable. */
export function chooseAnswerType(accept: string | undefined): AnswerType | null {
  if (accept === undefined || accept.trim() === '') return DEFAULT_ANSWER_TYPE;
  const ranges = accept.split(',', RANGES_MAX).map(readRange);
  const graphql = preferenceFor(GRAPHQL_TYPE, ranges);
  const json = preferenceFor(JSON_TYPE, ranges);
  if (graphql.quality === 0 && json.quality === 0) return null;
  const isGraphql =
    graphql.quality > json.quality || (graphql.quality === json.quality && graphql.isNamed);
  if (isGraphql) return { contentType: GRAPHQL_TYPE + CHARSET, isLegacy: false };
  return { contentType: JSON_TYPE + CHARSET, isLegacy: json.isNamed };
}

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

function readRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const value = quality === undefined ? 1 : Number(quality);
  return { type, quality: value >= 0 && value <= 1 ? value : 0 };
}

/** The most specific range that matches decides (RFC 9110, 12.5.1). */
function preferenceFor(type: string, ranges: readonly MediaRange[]): Preference {
  const named = ranges.find((range) => range.type === type);
  if (named) return { quality: named.quality, isNamed: true };
  const wild =
    ranges.find((range) => range.type === 'application/*') ??
    ranges.find((range) => range.type === '*/*');
  return { quality: wild?.quality ?? 0, isNamed: false };
}
